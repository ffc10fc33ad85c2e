package dev.sallyport.loadtests.start;

import dev.sallyport.loadtests.gateways.Gateway;
import java.util.function.Supplier;

/** A way to start a gateway. */
record Candidate(String name, Supplier<Gateway> start) {}
