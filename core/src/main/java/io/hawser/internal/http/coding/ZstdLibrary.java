package io.hawser.internal.http.coding;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// zstd-jni, which may be absent: a class that makes its streams cannot be loaded then, so they are made here.
final class ZstdLibrary {
    /// 8 MiB, the largest window that content may ask for. Source: RFC 9659
    private static final int MAX_WINDOW_LOG = 23;

    private static final int LEVEL = 3;

    private ZstdLibrary() {}

    static boolean isAvailable() {
        return Zstd.defaultCompressionLevel() > 0;
    }

    static OutputStream over(OutputStream out) throws IOException {
        ZstdOutputStream zstd = new ZstdOutputStream(out, LEVEL);
        zstd.setCloseFrameOnFlush(false);
        return zstd;
    }

    static InputStream under(InputStream in) throws IOException {
        return new ZstdInputStream(in).setLongMax(MAX_WINDOW_LOG);
    }
}
