/** What a measurement starts and looks at: child processes with logs, their CPU time and memory, the machine. */
@NullMarked
package dev.sallyport.loadtests.process;

import org.jspecify.annotations.NullMarked;
