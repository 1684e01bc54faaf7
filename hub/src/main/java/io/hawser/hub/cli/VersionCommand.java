package io.hawser.hub.cli;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.uring.IoUring;
import io.netty.handler.ssl.OpenSsl;
import java.io.PrintWriter;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints the versions of Hawser and of what it runs on.
@Command(description = "Print the versions of Hawser, the JVM, the transports and the TLS provider.")
public final class VersionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private VersionCommand() {}

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("hawser " + hawser());
        out.println("jvm " + Runtime.version() + " " + System.getProperty("java.vm.name") + ", "
                + System.getProperty("java.vendor.version", System.getProperty("java.vendor")));
        out.println("os " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        out.println("transports " + String.join(" ", transports()));
        out.println("tls " + tls());
        out.flush();
    }

    /// The version of Hawser, as its jar tells; classes run without one carry none.
    public static String hawser() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    private static List<String> transports() {
        List<String> available = new ArrayList<>();
        if (IoUring.isAvailable()) available.add("io_uring");
        if (Epoll.isAvailable()) available.add("epoll");
        if (KQueue.isAvailable()) available.add("kqueue");
        available.add("nio");
        return available;
    }

    private static String tls() {
        return OpenSsl.isAvailable()
                ? OpenSsl.versionString()
                : "JDK (" + Security.getProviders("SSLContext.TLS")[0] + ")";
    }
}
