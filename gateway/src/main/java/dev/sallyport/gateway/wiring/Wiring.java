package dev.sallyport.gateway.wiring;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The gateway's own parts, named one by one: looking for them would read every class of the gateway at each start. */
@Configuration(proxyBeanMethods = false)
@Import({
    ConsoleWiring.class,
    EdgeWiring.class,
    Http2Wiring.class,
    KeyWiring.class,
    LoadWiring.class,
    ProviderWiring.class,
    RouteWiring.class,
    ServingWiring.class,
    TlsWiring.class,
    TracingWiring.class
})
public class Wiring {}
