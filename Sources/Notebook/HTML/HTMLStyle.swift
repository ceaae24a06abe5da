/// How a handout looks, on a screen and on paper.
enum HTMLStyle {
    /// The formulas' font; its licence asks that changes are named where it goes.
    static func face(_ font: String) -> String {
        """
        /* Course Math: characters cut from Latin Modern Math 1.959 (B. Jackowski, P. Strzelczyk, P. Pianowski, for TeX Users Groups), under the
        GUST Font License, tug.org/fonts/licenses/GUST-FONT-LICENSE.txt. The whole font: www.gust.org.pl/projects/e-foundry/lm-math */
        @font-face{font-family:"Course Math";src:url(data:font/woff2;base64,\(font)) format("woff2")}
        """
    }

    static let sheet = """
        :root{--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;--wash:#f6f8fa;--paper:#fff;--link:#0550ae;--good:#1a7f37;--ask:#9a6700;--more:#8250df}
        @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#a3abb4;--line:#3d444d;--wash:#161b22;--paper:#0d1117;--link:#79b8ff;
        --good:#3fb950;--ask:#d29922;--more:#a371f7}}
        *{box-sizing:border-box}
        html{font:17px/1.55 Charter,"Bitstream Charter","Source Serif 4","Noto Serif",Cambria,Georgia,serif;color:var(--ink);
        background:var(--paper);text-size-adjust:100%}
        body{margin:0}main{max-width:46rem;margin:0 auto;padding:1.5rem 1rem 4rem}
        .skip{position:absolute;left:-99rem;padding:.5rem 1rem;background:var(--paper);z-index:1}.skip:focus{left:0}
        a{color:var(--link)}:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        h1{font-size:1.8rem;line-height:1.2;margin:.3em 0 .6em}
        h2{font-size:1.35rem;line-height:1.25;margin:2.2em 0 .6em;padding-bottom:.2em;border-bottom:1px solid var(--line)}
        h3{font-size:1.08rem;line-height:1.3;margin:1.9em 0 .2em}h3+p{margin-top:0;color:var(--soft);font-size:.9rem}
        p,ul,ol{margin:.7em 0}li{margin:.25em 0}.title{font-weight:bold}
        nav{font-size:.94rem}nav ol,nav ul{margin:.2em 0}
        math{font-family:"Course Math","Latin Modern Math","STIX Two Math","Cambria Math",math;font-size:1.08em;text-indent:0;white-space:nowrap}
        .whole{white-space:nowrap}
        .formula{overflow-x:auto;overflow-y:hidden;text-align:center;margin:.8em 0;padding:.2em 0}
        .formula .lines{display:inline-block;text-align:left;padding-left:1.6em;text-indent:-1.6em;max-width:100%;line-height:1.9}
        .formula .clause{display:inline-block;text-indent:0;padding-left:1.6em;max-width:100%;text-indent:-1.6em}
        .formula .clause:first-child{padding-left:0;text-indent:0}
        .gap{word-spacing:1.6em}
        .rows{display:inline-grid;grid-template-columns:auto 1fr;column-gap:.25em;row-gap:.5em;align-items:baseline;text-align:left;max-width:100%}
        .rows.plain{grid-template-columns:1fr}.rows .left{text-align:right}.rows .lines{line-height:1.7}
        mtd{padding:.12em .4em}.aligned mtd{padding:.25em 0}.aligned mtd:nth-child(odd){text-align:right}.aligned mtd:nth-child(even){text-align:left}
        .cases mtd{text-align:left;padding:.2em .6em .2em 0}
        code{font:.84em ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;background:var(--wash);padding:.1em .3em;border-radius:4px;
        overflow-wrap:anywhere}
        pre{background:var(--wash);border:1px solid var(--line);border-radius:6px;padding:.7em .9em;overflow-x:auto;line-height:1.4}
        pre code{background:none;padding:0;font-size:.8rem;overflow-wrap:normal}
        figure{margin:1.4em 0}figure>svg{display:block;max-width:100%;height:auto;margin:0 auto .5em;background:#fff;border-radius:4px}
        figcaption{font-size:.9rem;color:var(--soft)}figcaption strong{color:var(--ink)}
        .scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;line-height:1.4;margin:0 auto}
        th,td{border-bottom:1px solid var(--line);padding:.35em .6em;text-align:left;vertical-align:top}thead th{border-bottom:2px solid var(--soft)}
        td code{overflow-wrap:normal;white-space:nowrap}
        .box{border:2px solid var(--soft);border-radius:8px;padding:.2em 1em;margin:1.4em 0}
        .quote{border-left:4px solid var(--ask);padding:.1em 0 .1em 1em;margin:1.3em 0 .6em}
        details{margin:.6em 0;border-left:3px solid var(--line);padding-left:.8em}details.more{font-size:.93rem}
        summary{cursor:pointer;color:var(--soft);margin-left:-.2em}details[open]>summary{margin-bottom:.3em}
        .answer{border-left:3px solid var(--good);padding-left:.8em;margin:.6em 0}
        @media (max-width:36rem){main{padding:1rem .9rem 3rem}.rows{grid-template-columns:1fr}.rows .left{text-align:left}
        .rows:not(.plain) .lines{padding-left:2.6em}}
        @page{margin:17mm 18mm 19mm;@bottom-center{content:counter(page) " / " counter(pages);font:9pt Charter,Georgia,serif;color:#57606a}}
        @media print{
        :root{--ink:#000;--soft:#444;--line:#bbb;--wash:#f6f6f6;--paper:#fff;--link:#000;--good:#1a7f37;--ask:#9a6700;--more:#8250df}
        html{font-size:10.4pt;line-height:1.42}main{max-width:none;padding:0}.skip{display:none}
        a{text-decoration:none}h1,h2,h3,summary,.title,thead{break-after:avoid}h1,h2,h3,h3+p{break-after:avoid}
        p,li{orphans:3;widows:3}.formula,figure:not(.table),tr,.box,.quote{break-inside:avoid}.formula{break-before:avoid;overflow:visible}
        .scroll,pre{overflow:visible}pre,pre code{white-space:pre-wrap;overflow-wrap:anywhere}pre code{font-size:.78rem}
        table{font-size:.84rem}td code{white-space:normal;overflow-wrap:anywhere}thead{display:table-header-group}
        figure>svg{max-height:17cm}
        details::details-content{content-visibility:visible;display:block}summary{list-style:none;margin-left:0}summary::-webkit-details-marker{display:none}
        nav ol,nav ul{columns:2}
        }
        """

    /// Nothing needs it to be read. On paper, folds are open in browsers whose style cannot open them; what scrolls can be reached by keyboard.
    static let script = """
        const all=s=>document.querySelectorAll(s);let opened=[];
        addEventListener('beforeprint',()=>{opened=[...all('details:not([open])')];opened.forEach(d=>d.open=true)});
        addEventListener('afterprint',()=>opened.forEach(d=>d.open=false));
        const reach=()=>all('.formula,.scroll,pre').forEach(e=>{if(e.scrollWidth>e.clientWidth+1){e.tabIndex=0;e.setAttribute('role','group');
        e.setAttribute('aria-label','scrolls sideways')}else e.removeAttribute('tabindex')});
        addEventListener('load',reach);addEventListener('resize',reach);document.addEventListener('toggle',reach,true);
        """
}
