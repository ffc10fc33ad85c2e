/**
 * Where everything is put together. {@link dev.sallyport.gateway.assembly.Pipeline} lists what happens to a call, in order:
 * read it first. {@link dev.sallyport.gateway.assembly.FilterFactory} makes the filters from the settings.
 */
@NullMarked
package dev.sallyport.gateway.assembly;

import org.jspecify.annotations.NullMarked;
