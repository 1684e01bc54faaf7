package io.hawser.benchmarks.peers;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.file.FileService;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Armeria: one event loop, on which services are called.
final class ArmeriaHttp {
    private ArmeriaHttp() {}

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), asked.port());
        var builder = Server.builder().workerGroup(EventLoopGroups.newEventLoopGroup(asked.threads()), true);
        if (asked.tls().isPresent()) {
            var folder = asked.tls().get();
            builder.https(address)
                    .tls(TlsKeyPair.of(
                            folder.resolve(PeerTls.KEY).toFile(),
                            folder.resolve(PeerTls.CERTIFICATE).toFile()));
        } else {
            builder.http(address);
        }
        var server = builder.service("/plaintext", (_, _) -> answer(MediaType.PLAIN_TEXT_UTF_8, Answers.hello()))
                .service("/json", (_, _) -> answer(MediaType.JSON, Answers.json()))
                .service(
                        "/echo",
                        (_, request) -> HttpResponse.of(request.aggregate()
                                .thenApply(whole ->
                                        HttpResponse.of(HttpStatus.OK, MediaType.OCTET_STREAM, whole.content()))))
                .serviceUnder("/files", FileService.of(asked.files()))
                .build();
        server.start().join();
        PeerArguments.ready(server.activeLocalPort());
    }

    private static HttpResponse answer(MediaType type, byte[] body) {
        return HttpResponse.of(HttpStatus.OK, type, HttpData.wrap(body));
    }
}
