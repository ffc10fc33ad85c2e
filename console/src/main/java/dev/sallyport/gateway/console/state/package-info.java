/** What the gateway holds and how loaded it is: keys, certificates, pools, breakers, retries, limits, shedding, reloads. */
@NullMarked
package dev.sallyport.gateway.console.state;

import org.jspecify.annotations.NullMarked;
