/** Where contracts were broken and how replies drift from them: places, rules, counts and times, never a value. */
@NullMarked
package dev.sallyport.gateway.console.violations;

import org.jspecify.annotations.NullMarked;
