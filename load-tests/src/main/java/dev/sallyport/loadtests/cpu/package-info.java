/** CPU time per call of the gateway, beside plain Spring Cloud Gateway, a control and reference proxies. */
@NullMarked
package dev.sallyport.loadtests.cpu;

import org.jspecify.annotations.NullMarked;
