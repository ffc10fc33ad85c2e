package dev.sallyport.contract;

import dev.sallyport.rejection.Violation;
import java.util.List;

/** Hears which contracts were broken, refused or not, and how a provider drifts; metrics and logs. Must not block. */
public interface ContractEvents {
    /** Which door. */
    enum Direction {
        REQUEST,
        REPLY
    }

    /** What a provider does beside its contract. */
    enum Drift {
        /** A reply has a member that its schema does not name. */
        UNKNOWN_FIELD,
        /** A reply has a value outside the list that its schema knows. */
        UNKNOWN_VALUE
    }

    /** A document was held against its contract. */
    default void checked(Operation operation, Direction direction) {}

    /**
     * A contract was broken.
     *
     * @param refused whether the call was refused for it
     */
    void broken(Operation operation, Direction direction, List<Violation> violations, boolean refused);

    /**
     * A reply has something new.
     *
     * @param pointer the place in the schema; never a name or a value from the reply
     */
    default void drifted(Operation operation, Drift drift, String pointer) {}

    /**
     * The safety catch of a reply schema changed sides.
     *
     * @param released whether the schema is only reported from now on
     */
    default void safetyCatch(Operation operation, boolean released) {}

    /** Tells two listeners, one after the other. */
    static ContractEvents both(ContractEvents one, ContractEvents other) {
        return new ContractEvents() {
            @Override
            public void checked(Operation operation, Direction direction) {
                one.checked(operation, direction);
                other.checked(operation, direction);
            }

            @Override
            public void broken(Operation operation, Direction direction, List<Violation> violations, boolean refused) {
                one.broken(operation, direction, violations, refused);
                other.broken(operation, direction, violations, refused);
            }

            @Override
            public void drifted(Operation operation, Drift drift, String pointer) {
                one.drifted(operation, drift, pointer);
                other.drifted(operation, drift, pointer);
            }

            @Override
            public void safetyCatch(Operation operation, boolean released) {
                one.safetyCatch(operation, released);
                other.safetyCatch(operation, released);
            }
        };
    }
}
