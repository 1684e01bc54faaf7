package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpVersion;
import io.hawser.internal.http2.PeerFrames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// A server of HTTP/2 that answers without a body, and never says that this was all.
class UnendedAnswerTest {
    /// Serves one connection, one call at a time.
    private static void serve(ServerSocket socket, List<String> heard) {
        PeerFrames peer = new PeerFrames();
        try (Socket connection = socket.accept()) {
            OutputStream out = connection.getOutputStream();
            out.write(peer.settings(3, 1));
            InputStream in = connection.getInputStream();
            in.readNBytes(peer.preface().length);
            byte[] piece = new byte[4096];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                for (String line : peer.read(Arrays.copyOf(piece, n))) {
                    heard.add(line);
                    if (!line.startsWith("HEADERS")) continue;
                    out.write(peer.headers(Integer.parseInt(line.split(" ", -1)[1]), 0, ":status", "204"));
                }
            }
        } catch (IOException closed) {
            heard.add("closed");
        }
    }

    @Test
    void anAnswerWithoutABodyLeavesNoStreamOpen() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpClient client = HttpClient.open(HttpClientConfig.to("http://127.0.0.1:" + socket.getLocalPort())
                        .withVersions(HttpVersion.HTTP_2))) {
            Thread.ofVirtual().start(() -> serve(socket, heard));
            for (int i = 0; i < 5; i++) {
                assertThat(client.get("/").timeout(Duration.ofSeconds(5)).status())
                        .isEqualTo(204);
            }
            assertThat(heard).contains("RST_STREAM 1 8");
        }
    }
}
