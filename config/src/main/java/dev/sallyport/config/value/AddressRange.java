package dev.sallyport.config.value;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address, or a network such as {@code 10.0.0.0/8} or {@code fd00::/8}. Immutable. */
public final class AddressRange {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    /** No name is ever looked up. */
    private static final Pattern FORM =
            Pattern.compile("(" + OCTET + "(?:\\." + OCTET + "){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    private static final int BYTE = 8;

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /** The range that a text says; {@link IllegalArgumentException} if it says none. */
    public static AddressRange parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no address");
        }
        try {
            byte[] network = InetAddress.getByName(parts.group(1)).getAddress();
            int all = network.length * BYTE;
            int bits = parts.group(2) == null ? all : Integer.parseInt(parts.group(2));
            if (bits > all) {
                throw new IllegalArgumentException("a longer prefix than an address has");
            }
            return new AddressRange(network, bits);
        } catch (UnknownHostException malformed) {
            throw new IllegalArgumentException("no address", malformed);
        }
    }

    /** Whether an address, of four or sixteen bytes, is in it. */
    public boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += BYTE) {
            int unlike = address[bit / BYTE] ^ network[bit / BYTE];
            int beyond = Math.max(0, BYTE - (bits - bit));
            if ((unlike & 0xff) >> beyond != 0) {
                return false;
            }
        }
        return true;
    }
}
