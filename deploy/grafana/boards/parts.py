"""Panels and dashboards as all of ours look."""
from grafana_foundation_sdk.builders import common, dashboard, prometheus, stat, table, timeseries
from grafana_foundation_sdk.models import common as styles
from grafana_foundation_sdk.models.dashboard import (DashboardCursorSync, DashboardLinkType, DataSourceRef, Threshold,
                                                     ThresholdsMode, VariableRefresh)
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

SOURCE = DataSourceRef(type_val="prometheus", uid="${datasource}")
OF = 'instance=~"$instance"'
"""In every query that ours or others' metrics are selected by: the gateways that were chosen."""


def rate(metric, labels=""):
    return f"rate({metric}{{{','.join(filter(None, [labels, OF]))}}}[$__rate_interval])"


def percentile(share, metric, by="", labels=""):
    grouped = f"le, {by}" if by else "le"
    return f"histogram_quantile({share}, sum by ({grouped}) ({rate(metric + '_bucket', labels)}))"


def lines(title, *queries, unit="short", what="", stacked=False, width=8):
    """Lines over time; a query is an expression and what its lines are called."""
    panel = (timeseries.Panel().title(title).description(what).datasource(SOURCE).unit(unit).min(0)
             .span(width).height(8).fill_opacity(30 if stacked else 5)
             .legend(common.VizLegendOptions().show_legend(True).display_mode(styles.LegendDisplayMode.LIST)
                     .placement(styles.LegendPlacement.BOTTOM))
             .tooltip(common.VizTooltipOptions().mode(styles.TooltipDisplayMode.MULTI).sort(styles.SortOrder.DESCENDING)))
    if stacked:
        panel.stacking(common.StackingConfig().mode(styles.StackingMode.NORMAL))
    for ref, (expression, legend) in zip("ABCDEF", queries):
        panel.with_target(prometheus.Dataquery().ref_id(ref).expr(expression).legend_format(legend).range())
    return panel


def number(title, expression, unit="short", what="", worse=None, width=4, legend=""):
    """One value as it is now, green below `worse`; without it, just a value."""
    steps = [Threshold(value=None, color="green")]
    if worse is not None:
        steps.append(Threshold(value=worse, color="red"))
    return (stat.Panel().title(title).description(what).datasource(SOURCE).unit(unit).span(width).height(4)
            .reduce_options(common.ReduceDataOptions().calcs(["lastNotNull"]))
            .graph_mode(styles.BigValueGraphMode.AREA if not legend else styles.BigValueGraphMode.NONE)
            .text_mode(styles.BigValueTextMode.AUTO if not legend else styles.BigValueTextMode.NAME)
            .thresholds(dashboard.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(steps))
            .with_target(prometheus.Dataquery().ref_id("A").expr(expression).legend_format(legend).range()))


def rows(title, expression, what="", width=24):
    """A table of what there is now."""
    return (table.Panel().title(title).description(what).datasource(SOURCE).span(width).height(9)
            .with_target(prometheus.Dataquery().ref_id("A").expr(expression).format(PromQueryFormat.TABLE).instant()))


def board(uid, title, what, sections):
    """A dashboard of rows with panels, for one source of data and any gateways."""
    made = (dashboard.Dashboard(f"Sallyport: {title}").uid(f"sallyport-{uid}").description(what).tags(["sallyport"])
            .readonly().timezone("browser").refresh("30s").time("now-3h", "now").tooltip(DashboardCursorSync.CROSSHAIR)
            .link(dashboard.DashboardLink("Sallyport").type(DashboardLinkType.DASHBOARDS).tags(["sallyport"])
                  .as_dropdown(True).include_vars(True).keep_time(True))
            .with_variable(dashboard.DatasourceVariable("datasource").label("Source").type("prometheus"))
            .with_variable(dashboard.QueryVariable("instance").label("Gateway").datasource(SOURCE)
                           .query("label_values(sallyport_build_info, instance)").refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
                           .multi(True).include_all(True).all_value(".+")))
    for name, panels in sections:
        made.with_row(dashboard.Row(name))
        for panel in panels:
            made.with_panel(panel)
    built = made.build()
    for place, panel in enumerate(built.panels, 1):
        panel.id_val = place
    for variable in built.templating.list_val:
        variable.auto = variable.auto_min = variable.auto_count = None  # of intervals only, says the schema
    return built
