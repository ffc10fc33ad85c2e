/**
 * Where everything is put together. {@link dev.sallyport.gateway.assembly.Pipeline} lists what happens to a call, in order:
 * read it first. {@link dev.sallyport.gateway.assembly.FilterFactory} makes the filters from the settings. What a feature needs from
 * one generation to the next is put together in a class of its own, which only these see; that is why they are one package.
 */
@NullMarked
package dev.sallyport.gateway.assembly;

import org.jspecify.annotations.NullMarked;
