package dev.sallyport.contract;

import dev.sallyport.rejection.Violation;
import java.util.List;

/** Hears which contracts were broken, refused or not; metrics and logs. Must not block. */
public interface ContractEvents {
    /** Which door. */
    enum Direction {
        REQUEST,
        REPLY
    }

    /**
     * A contract was broken.
     *
     * @param refused whether the call was refused for it
     */
    void broken(Operation operation, Direction direction, List<Violation> violations, boolean refused);
}
