/** What callers do, one request per virtual user, so that a stall delays no next request. */
package dev.sallyport.loadtests.scenarios;
