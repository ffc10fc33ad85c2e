/** The first page: is anything wrong, whose fault is it, and since when. Each kind of trouble is found by a function of its own. */
@NullMarked
package dev.sallyport.gateway.console.home;

import org.jspecify.annotations.NullMarked;
