package dev.sallyport.caller;

import dev.sallyport.caller.CallerEvents.Means;

/** Who a call comes from, as far as it was proven. */
sealed interface Identity {
    /** A caller of the settings. */
    record Proven(Grant grant, Means by) implements Identity {}

    /** None of them, and why not. */
    record Unproven(Denial why) implements Identity {}
}
