package io.hawser.benchmarks;

import io.hawser.http.HttpVersion;
import java.util.List;

/// A server that parses what is posted as it comes, and whose heap is looked at.
final class PostPeers {
    private PostPeers() {}

    static Family of(Workbench bench) {
        var peer = bench.peer("hawser-posts", "Hawser, a handler that parses JSON as it comes", "HawserPosts", "epoll");
        return new Family(
                "posts",
                List.of(peer),
                List.of(
                        new LargePostRow("posts-5MB", HttpVersion.HTTP_1_1),
                        new LargePostRow("posts-5MB-h2", HttpVersion.HTTP_2)),
                List.of(peer.name()));
    }
}
