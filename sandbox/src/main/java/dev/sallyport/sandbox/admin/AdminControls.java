package dev.sallyport.sandbox.admin;

import dev.sallyport.sandbox.fault.JwksFault;
import tools.jackson.databind.node.ObjectNode;

/** What the administration can read and move. */
public interface AdminControls {
    ObjectNode fixtures();

    ObjectNode stats();

    void rotateAllKeys();

    void withdrawAllOldKeys();

    boolean faultsAreOn();

    void jwksFault(JwksFault fault);
}
