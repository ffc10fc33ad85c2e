/** Where connections of the gateway may lead: which addresses, and how long a name keeps its address. */
@NullMarked
package dev.sallyport.gateway.provider.egress;

import org.jspecify.annotations.NullMarked;
