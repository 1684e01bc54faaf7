package io.hawser.hub.cli;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `HOST:PORT`, with an IPv6 address in brackets.
public final class TargetOption implements ITypeConverter<InetSocketAddress> {
    private static final int MAX_PORT = 65_535;

    @Override
    public InetSocketAddress convert(String value) {
        int colon = value.lastIndexOf(':');
        if (colon < 1) throw new TypeConversionException("'" + value + "' is not HOST:PORT");
        var host = value.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw new TypeConversionException("'" + value + "': an IPv6 address needs brackets");
        }
        var port = value.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MAX_PORT || Integer.parseInt(port) == 0) {
            throw new TypeConversionException("'" + value + "': the port must be 1 to " + MAX_PORT);
        }
        return new InetSocketAddress(host, Integer.parseInt(port));
    }
}
