/** Who may call where the gateway alone holds the provider's secrets, how callers prove who they are, and what each may do. */
@NullMarked
package dev.sallyport.config.caller;

import org.jspecify.annotations.NullMarked;
