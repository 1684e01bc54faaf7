package io.hawser.internal.link;

import java.util.function.Consumer;

/// Something done to all links of a group on one loop.
final class ShardParcel extends Parcel {
    private final LinkShard shard;
    private final Consumer<Link> action;

    ShardParcel(LinkShard shard, Consumer<Link> action) {
        this.shard = shard;
        this.action = action;
    }

    @Override
    void open() {
        shard.forEach(action);
    }
}
