package dev.sallyport.gateway;

import com.stytch.java.common.StytchResult;
import java.util.concurrent.CompletableFuture;

/** A call of the provider's Java client. */
@FunctionalInterface
interface SdkCall {
    CompletableFuture<? extends StytchResult<?>> send();
}
