/** How load arrives: open models, because a gateway does not choose how many callers it has. */
package dev.sallyport.loadtests.profiles;
