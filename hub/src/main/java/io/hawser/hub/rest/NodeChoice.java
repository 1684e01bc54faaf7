package io.hawser.hub.rest;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.http.Body;
import io.hawser.http.Filter;
import io.hawser.http.Headers;
import io.hawser.http.HttpHandler;
import io.hawser.http.Method;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.http.Status;
import io.hawser.hub.v1.Peers;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Has the node answer that is asked: `?node=NAME` another one, `?node=*` every one, in one list.
///
/// Thread: it waits for other nodes.
///
/// Source: docs/PROTOCOL.md, section 9
public final class NodeChoice implements Filter {
    private static final String EVERY = "*";
    private static final String CONTENT_TYPE = "Content-Type";
    private static final int MAX_DEPTH = 2;
    /// With what is around it, it has to fit into a message of the broker, which takes 1 MiB by default.
    private static final int MOST_BYTES = 768 << 10;

    private final Peers peers;

    public NodeChoice(Peers peers) {
        this.peers = peers;
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        Optional<String> node = request.query("node");
        if (node.isEmpty() || node.get().equals(peers.node())) return next.handle(request);
        boolean isRead = request.method().equals(Method.GET) || request.method().equals(Method.HEAD);
        if (!isRead && request.method().isSafe()) return next.handle(request);
        if (!isRead) {
            return Problem.of(Status.BAD_REQUEST, "only what is read can be asked of another node")
                    .response();
        }
        if (node.get().equals(EVERY)) return NodeLists.isOne(path(request)) ? all(request, next) : noList(request);
        if (!peers.others().contains(node.get())) {
            return Problem.of(Status.NOT_FOUND, "no node " + node.get()).response();
        }
        try {
            return opened(peers.read(node.get(), target(request)).join());
        } catch (CompletionException failure) {
            return Problem.of(cause(failure)).response();
        } catch (ProtocolError malformed) {
            return Problem.of(Status.BAD_GATEWAY, "node " + node.get() + ": " + malformed.getMessage())
                    .response();
        }
    }

    private static Response noList(Request request) {
        return Problem.of(Status.BAD_REQUEST, path(request) + " is no list of all nodes: name one")
                .response();
    }

    private Response all(Request request, HttpHandler next) throws Exception {
        Map<String, CompletableFuture<Bytes>> asked = new LinkedHashMap<>();
        for (String node : peers.others()) asked.put(node, peers.read(node, target(request)));
        Response own = next.handle(request);
        if (own.status() != Status.OK) return own;
        NodeLists lists = new NodeLists(path(request), Page.of(request));
        lists.add(peers.node(), own);
        asked.forEach((node, answer) -> {
            try {
                lists.add(node, opened(answer.join()));
            } catch (CompletionException failure) {
                lists.isMissing(node, String.valueOf(cause(failure).getMessage()));
            } catch (ProtocolError malformed) {
                lists.isMissing(node, "its answer is malformed: " + malformed.getMessage());
            }
        });
        return Response.json(lists.together());
    }

    private static Throwable cause(CompletionException failure) {
        return failure.getCause() == null ? failure : failure.getCause();
    }

    private static String path(Request request) {
        return Router.mountedAt(request) + request.rawPath();
    }

    private static String target(Request request) {
        String query = request.rawQuery();
        return query.isEmpty() ? path(request) : path(request) + "?" + query;
    }

    /// From now on this node tells the others what `reads` answers to a GET.
    ///
    /// @param reads which asks nobody who he is
    public void answerWith(HttpHandler reads) {
        peers.answerReads(
                target -> CompletableFuture.supplyAsync(() -> sealed(reads, target), Thread::startVirtualThread));
    }

    private static Bytes sealed(HttpHandler reads, String target) {
        Response response;
        try {
            response = bounded(reads.handle(Request.get(target)));
        } catch (Exception failure) {
            response = Problem.of(failure).response();
        }
        return CborWriter.create()
                .list(3)
                .integer(response.status())
                .text(response.headers().value(CONTENT_TYPE, ""))
                .bytes(response.body().bytes())
                .toBytes();
    }

    private static Response bounded(Response response) {
        int size = response.body().bytes().size();
        if (size <= MOST_BYTES) return response;
        return Problem.of(
                        Status.CONTENT_TOO_LARGE,
                        "an answer of " + size + " bytes; one node brings " + MOST_BYTES
                                + " to another: ask for fewer, by limit")
                .response();
    }

    private static Response opened(Bytes answer) {
        CborReader in = CborReader.of(answer, MAX_DEPTH);
        in.enterList();
        int status = (int) in.readInteger();
        Headers headers = Headers.of(CONTENT_TYPE, in.readText());
        return Response.of(status, headers, Body.of(in.readBytes()));
    }
}
