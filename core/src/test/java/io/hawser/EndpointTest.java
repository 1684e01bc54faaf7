package io.hawser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // text | host | port | printed
                "localhost:80 | localhost | 80 | localhost:80",
                "LocalHost:80 | localhost | 80 | localhost:80",
                "example.com:0 | example.com | 0 | example.com:0",
                "example.com:65535 | example.com | 65535 | example.com:65535",
                "example.com.:443 | example.com. | 443 | example.com.:443",
                "a:1 | a | 1 | a:1",
                "3com.com:1 | 3com.com | 1 | 3com.com:1",
                "my_service:9000 | my_service | 9000 | my_service:9000",
                "_sip._tcp.example.com:5060 | _sip._tcp.example.com | 5060 | _sip._tcp.example.com:5060",
                "a--b.example:1 | a--b.example | 1 | a--b.example:1",
                "XN--Mnchen-3ya.de:1 | xn--mnchen-3ya.de | 1 | xn--mnchen-3ya.de:1",
                "1.2.3.x4:1 | 1.2.3.x4 | 1 | 1.2.3.x4:1",
                "0x7g:1 | 0x7g | 1 | 0x7g:1",
                "127.0.0.1:80 | 127.0.0.1 | 80 | 127.0.0.1:80",
                "0.0.0.0:1 | 0.0.0.0 | 1 | 0.0.0.0:1",
                "255.255.255.255:1 | 255.255.255.255 | 1 | 255.255.255.255:1",
                "[::]:1 | :: | 1 | [::]:1",
                "[::1]:80 | ::1 | 80 | [::1]:80",
                "[0:0:0:0:0:0:0:1]:80 | ::1 | 80 | [::1]:80",
                "[2001:DB8::A]:1 | 2001:db8::a | 1 | [2001:db8::a]:1",
                "[2001:0db8:0000:0000:0000:0000:0000:0001]:1 | 2001:db8::1 | 1 | [2001:db8::1]:1",
                "[2001:db8:0:1:1:1:1:1]:1 | 2001:db8:0:1:1:1:1:1 | 1 | [2001:db8:0:1:1:1:1:1]:1",
                "[2001:0:0:1:0:0:0:1]:1 | 2001:0:0:1::1 | 1 | [2001:0:0:1::1]:1",
                "[2001:db8:0:0:1:0:0:1]:1 | 2001:db8::1:0:0:1 | 1 | [2001:db8::1:0:0:1]:1",
                "[1::]:1 | 1:: | 1 | [1::]:1",
                "[1:2:3:4:5:6:7::]:1 | 1:2:3:4:5:6:7:0 | 1 | [1:2:3:4:5:6:7:0]:1",
                "[::2:3:4:5:6:7:8]:1 | 0:2:3:4:5:6:7:8 | 1 | [0:2:3:4:5:6:7:8]:1",
                "[1:2:3:4:5:6:7:8]:1 | 1:2:3:4:5:6:7:8 | 1 | [1:2:3:4:5:6:7:8]:1",
                "[::ffff:192.0.2.1]:1 | ::ffff:192.0.2.1 | 1 | [::ffff:192.0.2.1]:1",
                "[::ffff:c000:201]:1 | ::ffff:192.0.2.1 | 1 | [::ffff:192.0.2.1]:1",
                "[64:ff9b::192.0.2.33]:1 | 64:ff9b::c000:221 | 1 | [64:ff9b::c000:221]:1",
                "[1:2:3:4:5:6:1.2.3.4]:1 | 1:2:3:4:5:6:102:304 | 1 | [1:2:3:4:5:6:102:304]:1",
                "[fe80::1%eth0]:80 | fe80::1%eth0 | 80 | [fe80::1%eth0]:80",
                "[FE80::1%Eth0.1]:80 | fe80::1%Eth0.1 | 80 | [fe80::1%Eth0.1]:80",
                "[fe80::1%2]:80 | fe80::1%2 | 80 | [fe80::1%2]:80",
            })
    void goodTextParsesAndPrintsCanonically(String text, String host, int port, String printed) {
        Endpoint endpoint = Endpoint.parse(text);
        assertThat(endpoint.host()).isEqualTo(host);
        assertThat(endpoint.port()).isEqualTo(port);
        assertThat(endpoint).hasToString(printed);
        assertThat(Endpoint.parse(printed)).isEqualTo(endpoint).hasSameHashCodeAs(endpoint);
        assertThat(Endpoint.of(host, port)).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "localhost:70000 | port 70000 at index 10 of \"localhost:70000\": at most 65535",
                "localhost:65536 | port 65536 at index 10 of \"localhost:65536\": at most 65535",
                "h:99999999999 | port 99999999999 at index 2 of \"h:99999999999\": at most 65535",
                "h:999999999999999999999 | port of 21 digits at index 2 of \"h:999999999999999999999\": at most 65535",
                "h:-1 | '-' at index 2 of \"h:-1\": a port has digits only",
                "h:+1 | '+' at index 2 of \"h:+1\": a port has digits only",
                "h:8x | 'x' at index 3 of \"h:8x\": a port has digits only",
                "h:٣ | '٣' at index 2 of \"h:٣\": a port has digits only",
                "h:080 | '0' at index 2 of \"h:080\": a port has no leading zero",
                "h: | no port at index 2 of \"h:\": expected host:port",
                "localhost | no port at index 9 of \"localhost\": expected host:port",
                "`` | no host at index 0 of \"\": expected host:port",
                ":80 | no host at index 0 of \":80\": expected host:port",
                "` h:1` | ' ' at index 0 of \" h:1\": a name has letters, digits, '-', '_' and '.' only",
                "`h:1 ` | ' ' at index 3 of \"h:1 \": a port has digits only",
                "exa mple | ' ' at index 3 of \"exa mple\": a name has letters, digits, '-', '_' and '.' only",
                "http://h:80 | ':' at index 8 of \"http://h:80\": an IPv6 address stands in brackets, as in [::1]:80",
                "::1:80 | ':' at index 1 of \"::1:80\": an IPv6 address stands in brackets, as in [::1]:80",
                "münchen.de:1 | 'ü' at index 1 of \"münchen.de:1\": a name is ASCII: write an international one in its xn-- form",
                "a..b:1 | empty label at index 2 of \"a..b:1\": a name has characters between its dots",
                ".a:1 | empty label at index 0 of \".a:1\": a name has characters between its dots",
                ".:1 | empty label at index 0 of \".:1\": a name has characters between its dots",
                "a..:1 | empty label at index 2 of \"a..:1\": a name has characters between its dots",
                "-a:1 | '-' at index 0 of \"-a:1\": a label does not begin with '-'",
                "b.a-:1 | '-' at index 3 of \"b.a-:1\": a label does not end with '-'",
                "256.0.0.1:1 | number 256 at index 0 of \"256.0.0.1:1\": at most 255 in an IPv4 address",
                "1.2.3.1000:1 | number 1000 at index 6 of \"1.2.3.1000:1\": at most 255 in an IPv4 address",
                "010.0.0.1:1 | '0' at index 0 of \"010.0.0.1:1\": a leading zero could mean octal",
                "1.2.3:1 | IPv4 address at index 0 of \"1.2.3:1\": four numbers are needed",
                "127.1:1 | IPv4 address at index 0 of \"127.1:1\": four numbers are needed",
                "1.2.3.4.5:1 | '.' at index 7 of \"1.2.3.4.5:1\": an IPv4 address ends after four numbers",
                "1.2.3.4.:1 | '.' at index 7 of \"1.2.3.4.:1\": an IPv4 address ends after four numbers",
                "7:1 | IPv4 address at index 0 of \"7:1\": four numbers are needed",
                "2130706433:1 | number 2130706433 at index 0 of \"2130706433:1\": at most 255 in an IPv4 address",
                "0x7f.1:1 | last label at index 5 of \"0x7f.1:1\": a name does not end in a number",
                "0x7F000001:1 | last label at index 0 of \"0x7F000001:1\": a name does not end in a number",
                "a.0x:1 | last label at index 2 of \"a.0x:1\": a name does not end in a number",
                "host.42:1 | last label at index 5 of \"host.42:1\": a name does not end in a number",
                "host.42.:1 | last label at index 5 of \"host.42.:1\": a name does not end in a number",
                "[::1 | '[' at index 0 of \"[::1\": no ']' closes it",
                "[::1] | no port at index 5 of \"[::1]\": expected host:port",
                "[::1]: | no port at index 6 of \"[::1]:\": expected host:port",
                "[::1]80 | '8' at index 5 of \"[::1]80\": only ':' and a port may follow ']'",
                "[]:1 | no address at index 1 of \"[]:1\": expected an IPv6 address",
                "[:]:1 | ':' at index 1 of \"[:]:1\": expected a hexadecimal digit",
                "[:::]:1 | ':' at index 3 of \"[:::]:1\": expected a hexadecimal digit",
                "[1:]:1 | ':' at index 2 of \"[1:]:1\": a group must follow",
                "[:1]:1 | ':' at index 1 of \"[:1]:1\": expected a hexadecimal digit",
                "[1::2::3]:1 | second '::' at index 5 of \"[1::2::3]:1\": only one is allowed",
                "[12345::]:1 | group of 5 digits at index 1 of \"[12345::]:1\": at most four",
                "[1:2:3]:1 | IPv6 address of 3 groups at index 1 of \"[1:2:3]:1\": eight are needed, or a '::'",
                "[1:2:3:4:5:6:7:8:9]:1 | ninth group at index 17 of \"[1:2:3:4:5:6:7:8:9]:1\": at most eight",
                "[1:2:3:4::5:6:7:8]:1 | IPv6 address at index 1 of \"[1:2:3:4::5:6:7:8]:1\": its '::' must stand for at least one group",
                "[g::]:1 | 'g' at index 1 of \"[g::]:1\": expected a hexadecimal digit",
                "[1g::]:1 | 'g' at index 2 of \"[1g::]:1\": expected a hexadecimal digit or ':'",
                "[１::]:1 | '１' at index 1 of \"[１::]:1\": expected a hexadecimal digit",
                "[::1.2.3]:1 | IPv4 address at index 3 of \"[::1.2.3]:1\": four numbers are needed",
                "[::1.2.3.256]:1 | number 256 at index 9 of \"[::1.2.3.256]:1\": at most 255 in an IPv4 address",
                "[::1.2.3.4:5]:1 | ':' at index 10 of \"[::1.2.3.4:5]:1\": an IPv4 address ends after four numbers",
                "[1:2:3:4:5:6:7:1.2.3.4]:1 | IPv4 part at index 15 of \"[1:2:3:4:5:6:7:1.2.3.4]:1\": at most eight groups of 16 bits in all",
                "[127.0.0.1]:1 | IPv6 address of 2 groups at index 1 of \"[127.0.0.1]:1\": eight are needed, or a '::'",
                "[localhost]:1 | 'l' at index 1 of \"[localhost]:1\": expected a hexadecimal digit",
                "[fe80::1%]:1 | no zone at index 9 of \"[fe80::1%]:1\": an interface must follow '%', as in fe80::1%eth0",
                "[fe80::1%e/0]:1 | '/' at index 10 of \"[fe80::1%e/0]:1\": a zone has letters, digits, '-', '.', '_' and '~' only",
                "[fe80::1%25eth0%]:1 | '%' at index 15 of \"[fe80::1%25eth0%]:1\": a zone has letters, digits, '-', '.', '_' and '~' only",
            })
    void badTextIsRefusedAtItsCharacter(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse(text))
                .withMessage(message);
    }

    @Test
    void aNameIsMeasuredAtItsLimits() {
        String label63 = "a".repeat(63);
        String name253 = label63 + "." + label63 + "." + label63 + "." + "a".repeat(61);
        assertThat(Endpoint.parse(name253 + ":1").host()).hasSize(253);
        assertThat(Endpoint.parse(name253 + ".:1").host()).hasSize(254);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse(name253 + "a:1"))
                .withMessageStartingWith("name of 254 characters at index 0 of \"aaa")
                .withMessageEndingWith("…\": at most 253");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse("b." + label63 + "a:1"))
                .withMessageStartingWith("label of 64 characters at index 2");
        assertThat(Endpoint.parse("[fe80::1%" + "e".repeat(64) + "]:1").port()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse("[fe80::1%" + "e".repeat(65) + "]:1"))
                .withMessageStartingWith("zone of 65 characters at index 9");
    }

    @Test
    void aFaultIsToldOnOneShortLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse("a\r\nINFO forged\u2028\u202e:1"))
                .withMessage("'\\u000d' at index 1 of \"a\\u000d\\u000aINFO forged\\u2028\\u202e:1\": "
                        + "a name has letters, digits, '-', '_' and '.' only");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse("!".repeat(1_000_000)))
                .satisfies(fault -> assertThat(fault.getMessage()).hasSizeLessThan(250));
    }

    @Test
    void aDefaultPortStandsInForOneThatIsNotGiven() {
        assertThat(Endpoint.parse("h", 80)).isEqualTo(Endpoint.of("h", 80));
        assertThat(Endpoint.parse("h:81", 80)).isEqualTo(Endpoint.of("h", 81));
        assertThat(Endpoint.parse("[::1]", 80)).isEqualTo(Endpoint.of("::1", 80));
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse("h:", 80));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse("h", 65536))
                .withMessage("port 65536: at most 65535");
    }

    @Test
    void aHostAndAPortMakeOne() {
        assertThat(Endpoint.of("[::1]", 80)).isEqualTo(Endpoint.of("0::1", 80)).hasToString("[::1]:80");
        assertThat(Endpoint.of("h", 0).withPort(65535)).isEqualTo(Endpoint.of("H", 65535));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.of("h", -1))
                .withMessage("port -1: at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.of("h", 1).withPort(65536))
                .withMessage("port 65536: at most 65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.of("h:1", 1))
                .withMessage("'h' at index 0 of \"h:1\": expected a hexadecimal digit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.of("", 1))
                .withMessage("no host at index 0 of \"\": expected a name or an IP address");
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of("[::1", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of("[::1]:80", 1));
    }

    @Test
    void aListKeepsItsOrderAndSkipsSpaces() {
        assertThat(Endpoint.list("h1:1, [::1]:2 ,h1:1"))
                .isEqualTo(List.of(Endpoint.of("h1", 1), Endpoint.of("::1", 2), Endpoint.of("h1", 1)));
    }

    @Test
    void aFaultInAListIsPointedAtInTheWholeText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.list("h1:1,h2:x"))
                .withMessage("'x' at index 8 of \"h1:1,h2:x\": a port has digits only");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.list("h1:1,"))
                .withMessage("no host at index 5 of \"h1:1,\": expected host:port");
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.list(""));
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.list("h1:1,,h2:2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:1",
                "127.255.255.255:1",
                "[::1]:1",
                "[::1%lo]:1",
                "[::ffff:127.0.0.1]:1",
                "localhost:1",
                "LOCALHOST.:1",
                "a.localhost:1"
            })
    void theMachineItselfIsLoopback(String text) {
        assertThat(Endpoint.parse(text).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "126.0.0.1:1",
                "128.0.0.1:1",
                "0.0.0.0:1",
                "[::]:1",
                "[::2]:1",
                "[::7f00:1]:1",
                "[fe80::1%no-such-interface]:1",
                "[::ffff:128.0.0.1]:1",
                "localhost.example.com:1",
                "notlocalhost:1"
            })
    void otherMachinesAreNotLoopback(String text) {
        assertThat(Endpoint.parse(text).isLoopback()).isFalse();
    }

    @Test
    void literalsAreToldFromNames() {
        assertThat(Endpoint.parse("1.2.3.4:1").isIpLiteral()).isTrue();
        assertThat(Endpoint.parse("[::1]:1").isIpLiteral()).isTrue();
        assertThat(Endpoint.parse("localhost:1").isIpLiteral()).isFalse();
    }

    @Test
    void equalityIsThatOfTheCanonicalForm() {
        assertThat(Endpoint.of("A.Example", 1)).isEqualTo(Endpoint.of("a.eXAMPLE", 1));
        assertThat(Endpoint.of("a", 1)).isNotEqualTo(Endpoint.of("a", 2)).isNotEqualTo(Endpoint.of("b", 1));
        assertThat(Endpoint.of("a", 1)).isNotEqualTo(Endpoint.of("a.", 1)).isNotEqualTo("a:1");
        assertThat(Endpoint.of("fe80::1%a", 1)).isNotEqualTo(Endpoint.of("fe80::1%A", 1));
    }

    @Test
    void aSocketAddressBecomesAnEndpoint() throws Exception {
        byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
        assertThat(Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral("10.1.2.3"), 5)))
                .isEqualTo(Endpoint.of("10.1.2.3", 5));
        assertThat(Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral("2001:db8:0:0::1"), 5)))
                .isEqualTo(Endpoint.of("2001:db8::1", 5));
        assertThat(Endpoint.of(new InetSocketAddress(Inet6Address.getByAddress("x", linkLocal, 7), 5)))
                .isEqualTo(Endpoint.of("fe80::1%7", 5));
        assertThat(Endpoint.of(new InetSocketAddress(InetAddress.getByAddress("name", linkLocal), 5)))
                .isEqualTo(Endpoint.of("fe80::1", 5));
        assertThat(Endpoint.of(InetSocketAddress.createUnresolved("Some.Name", 5)))
                .isEqualTo(Endpoint.of("some.name", 5));
    }

    @Test
    void aUnixSocketIsAPath() {
        Endpoint socket = Endpoint.parse("unix:/run/app.sock");
        assertThat(socket.isUnix()).isTrue();
        assertThat(socket.path()).contains(Path.of("/run/app.sock"));
        assertThat(socket.host()).isEqualTo("/run/app.sock");
        assertThat(socket.port()).isZero();
        assertThat(socket.isLoopback()).isTrue();
        assertThat(socket).hasToString("unix:/run/app.sock").isEqualTo(Endpoint.unix(Path.of("/run/app.sock")));
        assertThat(Endpoint.parse("unix:/run/app.sock", 80)).isEqualTo(socket);
        assertThat(Endpoint.list("a:1, unix:/run/app.sock")).last().isEqualTo(socket);
        assertThat(socket).isNotEqualTo(Endpoint.of("run", 0));
        assertThatThrownBy(socket::resolve).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aHostNamedUnixIsAHost() {
        assertThat(Endpoint.parse("unix:80").isUnix()).isFalse();
        assertThat(Endpoint.parse("unix:80").path()).isEmpty();
    }

    @Test
    void aPathThatNoSocketCanHaveIsRefused() {
        assertThat(Endpoint.parse("unix:/" + "x".repeat(102)).host()).hasSize(103);
        assertThatThrownBy(() -> Endpoint.parse("unix:/" + "x".repeat(103))).hasMessageContaining("104 bytes");
        assertThatThrownBy(() -> Endpoint.unix(Path.of("relative"))).hasMessageContaining("not absolute");
        assertThatThrownBy(() -> Endpoint.unix(Path.of("/a,b"))).hasMessageContaining("comma");
    }
}
