/** Runs: scenarios, a profile, and what has to hold. */
package dev.sallyport.loadtests.simulations;
