package dev.sallyport.gateway.edge;

import dev.sallyport.config.value.AddressRange;
import io.netty.util.NetUtil;
import java.util.List;

/** Callers whom the operator trusts, by address. */
public record TrustedCallers(List<AddressRange> ranges) {
    /** No caller. */
    public static final TrustedCallers NONE = new TrustedCallers(List.of());

    public TrustedCallers {
        ranges = List.copyOf(ranges);
    }

    /** Callers from ranges of addresses, as settings write them. */
    public static TrustedCallers of(List<String> ranges) {
        return new TrustedCallers(ranges.stream().map(AddressRange::parse).toList());
    }

    /** Whether none is. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Whether a caller is, by its address; one without an address is not. */
    public boolean contains(String address) {
        if (ranges.isEmpty()) {
            return false;
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes != null && ranges.stream().anyMatch(range -> range.contains(bytes));
    }
}
