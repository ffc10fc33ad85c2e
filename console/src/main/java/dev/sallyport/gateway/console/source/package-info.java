/** Where the pages have it from: parts of the running gateway, handed over by what starts it. */
@NullMarked
package dev.sallyport.gateway.console.source;

import org.jspecify.annotations.NullMarked;
