package io.hawser.benchmarks.peers;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import com.corundumstudio.socketio.Transport;

/// What one says to all of a room, on netty-socketio.
final class SocketIo {
    private static final String ROOM = "room";
    private static final int BACKLOG = 4096;

    private SocketIo() {}

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        var socket = new SocketConfig();
        socket.setAcceptBackLog(BACKLOG);
        socket.setTcpNoDelay(true);
        var configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(asked.port() == 0 ? FreePort.find() : asked.port());
        configuration.setBossThreads(1);
        configuration.setWorkerThreads(asked.threads());
        configuration.setUseLinuxNativeEpoll(true);
        configuration.setTransports(Transport.WEBSOCKET);
        configuration.setSocketConfig(socket);
        var server = new SocketIOServer(configuration);
        server.addConnectListener(client -> client.joinRoom(ROOM));
        server.addEventListener(
                "say",
                String.class,
                (_, text, _) -> server.getRoomOperations(ROOM).sendEvent("said", text));
        server.start();
        PeerArguments.ready(configuration.getPort());
    }
}
