/** Replays the lines of a capture against a contract pack, and tells what was found, to people and to machines. */
@NullMarked
package dev.sallyport.tools.replay;

import org.jspecify.annotations.NullMarked;
