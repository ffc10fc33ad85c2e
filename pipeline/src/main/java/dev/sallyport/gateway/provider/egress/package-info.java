/** Where connections of the gateway may lead: which addresses, how long a name keeps its address, and through which proxy. */
@NullMarked
package dev.sallyport.gateway.provider.egress;

import org.jspecify.annotations.NullMarked;
