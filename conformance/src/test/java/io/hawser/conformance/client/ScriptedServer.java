package io.hawser.conformance.client;

import java.io.IOException;
import java.nio.file.Path;

/// A script on the modules of Node or Python.
record ScriptedServer(String name, ServerProcess process) implements Server {
    private static final String NODE = "Node";

    static Server node(Path folder) throws IOException {
        return start(NODE, "node", "node/http_server.js", folder);
    }

    static Server python(Path folder) throws IOException {
        return start("Python's http.server", "python3", "python/http_server.py", folder);
    }

    private static Server start(String name, String program, String script, Path folder) throws IOException {
        String certificate = Identity.certificate(folder).toString();
        String key = Identity.key(folder).toString();
        Path errors = folder.resolve(program + ".log");
        return new ScriptedServer(name, ServerProcess.start(errors, program, script, certificate, key));
    }

    /// Python's server knows one version.
    @Override
    public boolean speaks(Way way) {
        return name.equals(NODE) || !way.isHttp2();
    }

    /// In the clear, Node's two versions are two servers.
    @Override
    public String url(Way way) {
        if (way.isSecure()) return "https://127.0.0.1:" + process.ports().getLast();
        return "http://127.0.0.1:" + process.ports().get(way.isHttp2() ? 1 : 0);
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
