package dev.sallyport.gateway.reload;

import dev.sallyport.config.contract.ContractSettings;
import dev.sallyport.config.contract.ModeSettings;
import dev.sallyport.contract.ContractEvents.Direction;
import java.time.Instant;

/**
 * A mode that a door of an operation has for a while, in place of that of the settings.
 *
 * @param written the mode of the settings
 * @param since when it began
 */
public record ModeOverride(Place place, ModeSettings mode, ModeSettings written, Instant since, Instant until) {
    /** A door of an operation. */
    public record Place(String operation, Direction door) {
        /** The key of the settings that speaks of it, below that of the operations. */
        public String key() {
            return operation + (door == Direction.REQUEST ? ".request" : ".reply");
        }

        ModeSettings in(ContractSettings settings) {
            return door == Direction.REQUEST ? settings.request(operation) : settings.reply(operation);
        }
    }

    /** Whether less is refused than the settings say. */
    public boolean loosens() {
        return !written.atMost(mode).equals(written);
    }
}
