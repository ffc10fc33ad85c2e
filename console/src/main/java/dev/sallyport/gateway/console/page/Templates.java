package dev.sallyport.gateway.console.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Templates that the build compiled to classes; every value in them is escaped for the place where it stands. Thread-safe. */
public final class Templates {
    private Templates() {}

    /** Made when the first page is asked for: a gateway whose console is not looked at loads none of it. */
    private static final class Engine {
        private static final TemplateEngine PRECOMPILED =
                TemplateEngine.createPrecompiled(null, ContentType.Html, Templates.class.getClassLoader());
    }

    /** A whole page. */
    public static String page(String template, Frame frame, Object page) {
        return rendered(template, Map.of("frame", frame, "page", page));
    }

    /** A part of one. */
    public static String part(String template, Object page) {
        return rendered(template, Map.of("page", page));
    }

    private static String rendered(String template, Map<String, Object> parameters) {
        var html = new StringOutput();
        Engine.PRECOMPILED.render(template + ".jte", parameters, html);
        return html.toString();
    }
}
