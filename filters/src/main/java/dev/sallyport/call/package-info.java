/**
 * The one idea of the house: a filter wraps an upstream. A {@link dev.sallyport.call.Call} goes in, a
 * {@link dev.sallyport.call.Reply} comes back, and both are values. {@link dev.sallyport.call.Stack} puts filters around an
 * upstream in the order in which they are read. The types of a call, its reply and their values refer to each
 * other, which is why they are one package.
 */
@NullMarked
package dev.sallyport.call;

import org.jspecify.annotations.NullMarked;
