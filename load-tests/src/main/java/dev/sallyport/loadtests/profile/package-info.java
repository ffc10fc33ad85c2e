/** Where a gateway's CPU time goes: async-profiler over the whole process, and its stacks by part of a call. */
@NullMarked
package dev.sallyport.loadtests.profile;

import org.jspecify.annotations.NullMarked;
