/** Captured calls against an edited schema: what the contract that serves says of a call, and what the edited one would. Nothing is kept. */
@NullMarked
package dev.sallyport.gateway.console.replay;

import org.jspecify.annotations.NullMarked;
