package dev.sallyport.sandbox.device;

import java.util.List;

/** What the provider suggests to do with a device. */
public enum Advice {
    ALLOW,
    CHALLENGE,
    BLOCK;

    /** Returns why, in the provider's words; none if there is nothing to say against the device. */
    public List<String> reasons() {
        return switch (this) {
            case ALLOW -> List.of();
            case CHALLENGE -> List.of("VIRTUAL_MACHINE");
            case BLOCK -> List.of("HEADLESS_BROWSER_AUTOMATION", "USER_AGENT_DECEPTION");
        };
    }

    /** Tells whether the device is what it says it is. */
    public boolean isAuthentic() {
        return this != BLOCK;
    }
}
