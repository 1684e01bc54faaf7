package io.hawser.internal.http.coding;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Zstandard's streams. A class of their own, so that [ContentCoding] loads where the library is missing.
final class ZstdStreams {
    private static final int LEVEL = 3;

    /// 8 MiB, the largest window that content may ask for. Source: RFC 9659
    private static final int MAX_WINDOW_LOG = 23;

    private ZstdStreams() {}

    static OutputStream over(OutputStream out) throws IOException {
        ZstdOutputStream zstd = new ZstdOutputStream(out, LEVEL);
        zstd.setCloseFrameOnFlush(false);
        return zstd;
    }

    static InputStream under(InputStream in) throws IOException {
        return new ZstdInputStream(in).setLongMax(MAX_WINDOW_LOG);
    }
}
