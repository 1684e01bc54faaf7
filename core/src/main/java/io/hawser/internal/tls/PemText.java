package io.hawser.internal.tls;

import io.hawser.Bytes;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// The blocks of a PEM text; what stands between them does not count.
///
/// Errors: [IllegalArgumentException] that names the line.
///
/// Source: RFC 7468, and RFC 1421 for the headers of old encrypted keys
public record PemText(List<Block> blocks) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /// One block.
    ///
    /// @param label e.g. `CERTIFICATE`
    /// @param line where it begins, counted from 1
    /// @param hasHeaders whether header lines precede the content, which only encrypted keys have
    record Block(String label, Bytes content, int line, boolean hasHeaders) {}

    /// Reads all blocks of `text`.
    public static PemText parse(String text) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.startsWith(BEGIN) || !line.endsWith(DASHES)) continue;
            String label = line.substring(BEGIN.length(), line.length() - DASHES.length());
            int end = lines.subList(i, lines.size()).indexOf(END + label + DASHES) + i;
            if (end < i) throw new IllegalArgumentException("line " + (i + 1) + ": the block of this BEGIN has no END");
            blocks.add(block(label, i, lines.subList(i + 1, end)));
            i = end;
        }
        return new PemText(blocks);
    }

    private static Block block(String label, int line, List<String> body) {
        boolean hasHeaders = body.stream().anyMatch(text -> text.contains(":"));
        String base64 = body.stream().filter(text -> !text.contains(":")).collect(Collectors.joining());
        try {
            return new Block(label, Bytes.wrap(Base64.getDecoder().decode(base64)), line + 1, hasHeaders);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + (line + 1) + ": the block is not Base64", e);
        }
    }

    /// The text of `certificates`.
    public static PemText of(List<X509Certificate> certificates) {
        List<Block> blocks = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            try {
                blocks.add(new Block("CERTIFICATE", Bytes.wrap(certificate.getEncoded()), 1, false));
            } catch (CertificateEncodingException e) {
                throw new IllegalArgumentException(certificate.getSubjectX500Principal() + " has no encoding", e);
            }
        }
        return new PemText(blocks);
    }

    /// The text of `key`, in PKCS #8 and not encrypted.
    public static PemText of(PrivateKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null)
            throw new IllegalArgumentException("a key of " + key.getAlgorithm() + " that is kept elsewhere");
        return new PemText(List.of(new Block("PRIVATE KEY", Bytes.wrap(encoded), 1, false)));
    }

    /// The certificates among the blocks, at least one.
    public List<X509Certificate> certificates() {
        return all("CERTIFICATE", "certificate", (factory, in) -> (X509Certificate) factory.generateCertificate(in));
    }

    /// The revocation lists among the blocks, at least one.
    List<X509CRL> crls() {
        return all("X509 CRL", "revocation list", (factory, in) -> (X509CRL) factory.generateCRL(in));
    }

    private interface Reader<T> {
        T read(CertificateFactory factory, InputStream in) throws GeneralSecurityException;
    }

    private <T> List<T> all(String label, String what, Reader<T> reader) {
        List<T> all = new ArrayList<>();
        for (Block block : blocks) {
            if (!block.label.equals(label)) continue;
            try {
                InputStream in = new ByteArrayInputStream(block.content.toArray());
                all.add(reader.read(CertificateFactory.getInstance("X.509"), in));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("line " + block.line + ": the " + what + " does not parse", e);
            }
        }
        if (all.isEmpty()) throw new IllegalArgumentException("there is no " + what + " in it" + found());
        return List.copyOf(all);
    }

    /// What there is instead, for an error.
    String found() {
        if (blocks.isEmpty()) return " (nor any other PEM block)";
        return " (only " + blocks.stream().map(Block::label).collect(Collectors.joining(", ")) + ")";
    }

    @Override
    public String toString() {
        return blocks.stream()
                .map(block -> BEGIN + block.label + DASHES + "\n" + LINES.encodeToString(block.content.toArray()) + "\n"
                        + END + block.label + DASHES + "\n")
                .collect(Collectors.joining());
    }
}
