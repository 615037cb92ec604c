/// The page's style sheet. No character in it needs escaping.
enum PageStyle {
    static let css = colours + text + tables + drawings + paper

    /// Okabe and Ito's palette, which the colour-blind can tell apart; lighter variants on a dark page.
    private static let colours = """
        :root { color-scheme: light dark; --page: #fff; --ink: #1a1a1a; --soft: #5a5a5a; --rule: #d4d4d4;
          --panel: #f6f6f4; --s1: #0072b2; --s2: #d55e00; --s3: #009e73; --s4: #b8578f; --s5: #b07d00; --s6: #3a9bd1;
          --s7: #1a1a1a;
          --pass: #00664a; --fail: #b3261e; --open: #7a5600; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #15171a; --ink: #e8e6e1; --soft: #a9a7a2; --rule: #3c3f44; --panel: #1e2125;
            --s1: #56a9e0; --s2: #ff8a3d; --s3: #2fc898; --s4: #e79ac6; --s5: #f0b429; --s6: #a5d8f6;
            --s7: #f2f0ea;
            --pass: #4fd6a8; --fail: #ff8a80; --open: #f0b429; }
        }

        """

    private static let text = """
        body { margin: 0; background: var(--page); color: var(--ink);
          font: 16px/1.5 system-ui, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 1240px; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .8rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.3rem; margin: 3rem 0 .8rem; padding-bottom: .25rem; border-bottom: 1px solid var(--rule); }
        h3 { font-size: 1.05rem; margin: 0 0 .2rem; }
        p, dd, figcaption { max-width: 76ch; }
        .verdict { font-size: 1.2rem; border-left: .4rem solid currentColor; padding: .3rem .8rem; background: var(--panel);
          max-width: none; }
        .summary { font-size: 1.05rem; }
        .hero { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 1rem 2.5rem;
          margin: 1.2rem 0; }
        .hero .plot { max-width: 640px; }
        .sizes { font-size: 1.25rem; line-height: 1.35; margin: .2rem 0 1.2rem; }
        nav h2 { font-size: 1.05rem; margin: 0 0 .3rem; border: 0; padding: 0; }
        nav ol { margin: 0; padding-left: 1.6rem; columns: 18rem 2; }
        a { color: inherit; }
        .fold { border-top: 1px solid var(--rule); margin-top: .4rem; }
        .fold > summary { padding: .5rem 0; }
        .fold > summary h2 { display: inline; border: 0; margin: 0; }
        .fold > section { padding: .4rem 0 1.6rem; }
        #open-questions { padding-left: 1.2rem; max-width: 90ch; overflow-wrap: anywhere; }
        .hint, figcaption, .remark { color: var(--soft); font-size: .875rem; }
        .hint { margin: 0 0 .6rem; }
        section > .hint { max-width: 90ch; }
        .below { margin: .5rem 0 0; }
        .spaced { margin: 1.8rem 0 .4rem; }
        .empty { color: var(--soft); font-style: italic; }
        dl div { margin: 0 0 .7rem; }
        dt { font-weight: 600; }
        dd { margin: 0; overflow-wrap: anywhere; }
        .facts div { display: grid; grid-template-columns: 8rem 1fr; margin: 0; }
        .facts dt { font-weight: 400; color: var(--soft); }
        pre { background: var(--panel); padding: .8rem 1rem; overflow-x: auto; font-size: .85rem; border-radius: 4px; }
        .command { white-space: pre-wrap; overflow-wrap: anywhere; }
        summary { cursor: pointer; }

        """

    private static let tables = """
        /* Shadows at the edges that there is more behind; at the ends the page's colour lies over them. */
        .scroll { overflow-x: auto; background:
          linear-gradient(to right, var(--page) 40%, transparent) left / 30px 100% no-repeat local,
          linear-gradient(to left, var(--page) 40%, transparent) right / 30px 100% no-repeat local,
          linear-gradient(to right, var(--rule), transparent) left / 10px 100% no-repeat scroll,
          linear-gradient(to left, var(--rule), transparent) right / 10px 100% no-repeat scroll; }
        table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .2rem 1rem .2rem 0; text-align: left; vertical-align: baseline; white-space: nowrap; }
        thead th { border-bottom: 1px solid var(--ink); font-weight: 600; }
        tbody th { font-weight: 400; }
        .number { text-align: right; }
        tbody tr { border-bottom: 1px solid var(--rule); }
        td small { display: block; color: var(--soft); font-size: .75rem; line-height: 1.1; }
        .values { width: 100%; font-size: .8125rem; }
        .values tbody tr { border-bottom: 0; }
        .values td, .values th { padding: .08rem .8rem .08rem 0; }
        .values .group th { font-weight: 600; padding-top: .5rem; border-bottom: 1px solid var(--rule); }
        .values .group span { font-weight: 400; color: var(--soft); float: right; }
        .unresolved { color: var(--soft); }
        td.remark { white-space: normal; min-width: 7rem; max-width: 24rem; line-height: 1.2; font-size: .75rem; color: var(--soft); }
        .badge { border: 1px solid currentColor; border-radius: 3px; padding: 0 .4em; font-weight: 600;
          font-size: .8125rem; }
        .pass { color: var(--pass); } .fail { color: var(--fail); } .inconclusive { color: var(--open); }

        """

    private static let drawings = """
        figure { margin: 0 0 .6rem; }
        figcaption { margin-top: .5rem; }
        .pair, .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr));
          gap: 1rem 2.5rem; }
        .many { grid-template-columns: repeat(auto-fit, minmax(min(100%, 360px), 1fr)); gap: .6rem 1.2rem; }
        .cards { gap: 3rem 2.5rem; margin-top: 1.5rem; }
        article { min-width: 0; display: grid; grid-row: span 4; grid-template-rows: subgrid; row-gap: .3rem; }
        article figure { align-self: end; }
        .plot { display: block; width: 100%; max-width: 560px; height: auto; color: var(--ink); overflow: visible; }
        .plot text { fill: currentColor; font-size: 12px; }
        .plot .axis, .plot .heading { font-size: 12.5px; }
        .plot .heading { font-weight: 600; }
        .plot .note, .plot .small { font-size: 11px; fill: var(--soft); }
        .plot .note { paint-order: stroke; stroke: var(--page); stroke-width: 3px; stroke-linejoin: round; }
        .frame { fill: none; stroke: currentColor; stroke-width: 1; }
        .grid { stroke: currentColor; stroke-opacity: .11; }
        .tick { stroke: currentColor; }
        .guide { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 5 4; }
        .reference { stroke: currentColor; stroke-width: 1; stroke-opacity: .7; }
        .window { fill: currentColor; fill-opacity: .1; }
        .band { fill: var(--c); fill-opacity: .16; }
        .curve { fill: none; stroke: var(--c); stroke-width: 1.6; stroke-linejoin: round; }
        .curve.thin { stroke-width: 1.2; }
        .bar { fill: none; stroke: var(--c); stroke-width: 1.2; }
        .rug { stroke: var(--c); stroke-width: 1.5; }
        .marker { fill: var(--c); stroke: var(--c); stroke-width: 1.2; }
        .marker.hollow { fill: var(--page); }
        .minus { stroke: var(--page); stroke-width: 1.6; }
        .minus.hollow { stroke: var(--c); }
        .neutral { --c: var(--soft); }
        .s1 { --c: var(--s1); } .s2 { --c: var(--s2); } .s3 { --c: var(--s3); }
        .s4 { --c: var(--s4); } .s5 { --c: var(--s5); } .s6 { --c: var(--s6); }
        .s7 { --c: var(--s7); }
        .key { stroke: var(--c); stroke-width: 5; }
        .d2 { stroke-dasharray: 7 2.5; } .d3 { stroke-dasharray: 2.5 2; } .d4 { stroke-dasharray: 8 2.5 2 2.5; }
        .d5 { stroke-dasharray: 12 3; } .d6 { stroke-dasharray: 1.5 3; }
        .beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 2.5rem; }
        .beside figcaption { align-self: center; }
        @media (max-width: 560px) {
          .plot text, .plot .axis, .plot .heading { font-size: 13px; }
          .plot .note, .plot .small { font-size: 12px; }
          .values .group span { float: none; margin-left: .6em; }
          td.remark { white-space: nowrap; max-width: none; }
          main { padding: 1rem .8rem 3rem; }
          h1 { font-size: 1.5rem; }
        }

        """

    private static let paper = """
        @media print {
          :root { color-scheme: light; --page: #fff; --ink: #000; --soft: #444; --rule: #bbb; --panel: #fff;
            --s1: #0072b2; --s2: #d55e00; --s3: #009e73; --s4: #b8578f; --s5: #b07d00; --s6: #3a9bd1;
          --s7: #1a1a1a;
            --pass: #00664a; --fail: #b3261e; --open: #7a5600; }
          html { font-size: 13px; }
          body { font-size: 1rem; }
          h2 { margin-top: 2rem; }
          nav { display: none; }
          main { max-width: none; padding: 0; }
          h2, h3, section > .hint:not(.below) { break-after: avoid; }
          .below { break-before: avoid; }
          .pair, .beside { grid-template-columns: 1fr 1fr; gap: 1rem 1.5rem; }
          .cards { display: block; }
          article { grid-template: auto auto 1fr / 40% 1fr; column-gap: 1.2rem; margin-bottom: 1.5rem; }
          article h3, article .hint { grid-column: 1 / -1; }
          article figure { align-self: start; }
          article, figure, figcaption, .hint, tr, .values tbody, dl div, .plot { break-inside: avoid; }
          details::details-content { content-visibility: visible; }
          td.remark { font-size: inherit; min-width: 4rem; }
          .scroll { overflow: visible; background: none; }
          table { font-size: 8pt; } td small { font-size: 6.5pt; }
          .values { font-size: 7pt; line-height: 1.2; }
          .values td, .values th { padding: 0 .5rem 0 0; } .values .group th { padding-top: .3rem; }
          pre { border: 1px solid var(--rule); white-space: pre-wrap; }
        }
        @page { margin: 16mm; }

        """
}
