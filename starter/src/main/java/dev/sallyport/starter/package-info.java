/**
 * The pipeline within an application of Spring Cloud Gateway: {@link dev.sallyport.starter.SessionContractAutoConfiguration} makes
 * it of the application's settings, {@link dev.sallyport.starter.SessionContractGatewayFilterFactory} puts it on a route, and
 * {@link dev.sallyport.starter.route} is the edge towards such a route.
 */
@NullMarked
package dev.sallyport.starter;

import org.jspecify.annotations.NullMarked;
