/// The page as a Mustache template; double braces escape, triple braces insert finished drawings.
enum PageTemplate {
    static let text = "{{% CONTENT_TYPE: \(XMLText.contentType)}}" + body

    private static let body = """
        <!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
        <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{{title}}</title>
        <style>{{{style}}}</style>
        </head>
        <body>
        <main>
        <header>
        <h1>{{title}}</h1>
        {{#verdict}}<p class="verdict {{verdictClass}}"><strong>{{verdictText}}</strong></p>{{/verdict}}
        {{#hero}}
        <section class="hero">
        <figure>{{{heroFigure}}}<figcaption>{{heroQuantity}}. Bars are confidence intervals, arrows lead down from upper
        bounds, lines are fitted power laws. {{heroOmission}}</figcaption></figure>
        <div>
        {{#heroSentence}}<p class="sizes">{{.}}</p>{{/heroSentence}}
        <nav><h2>Contents</h2><ol>
        {{#contents}}<li><a href="#{{contentsAnchor}}">{{contentsTitle}}</a></li>
        {{/contents}}
        </ol></nav>
        </div>
        </section>
        {{/hero}}
        {{^hero}}
        <nav><h2>Contents</h2><ol>
        {{#contents}}<li><a href="#{{contentsAnchor}}">{{contentsTitle}}</a></li>
        {{/contents}}
        </ol></nav>
        {{/hero}}
        <p class="summary">{{summary}}</p>
        {{#warnings}}<p class="hint"><strong>warning</strong> {{.}}</p>{{/warnings}}
        <p class="hint">Every number on this page but running times comes, digit for digit, from</p>
        <pre class="command"><code>{{reproduction}}</code></pre>
        </header>
        {{#orders}}
        <details class="fold"><summary><h2>Orders of convergence</h2></summary><section id="orders">
        {{#hasJudgements}}
        <div class="scroll" tabindex="0"><table>
        <thead><tr><th scope="col">verdict</th><th scope="col">measure</th><th scope="col">integrator</th>
        <th scope="col" class="number">found</th><th scope="col">{{confidence}} % interval</th>
        <th scope="col">expected</th>{{#hasJudgedNotes}}<th scope="col">note</th>{{/hasJudgedNotes}}</tr></thead>
        <tbody>
        {{#judgements}}
        <tr><td>{{#badge}}<span class="badge {{badgeClass}}">{{badgeText}}</span>{{/badge}}</td>
        <th scope="row">{{judgedMeasure}}</th><td>{{judgedIntegrator}}</td>
        <td class="number">{{judgedOrder}}</td><td>{{judgedInterval}}</td><td>{{judgedExpectation}}</td>
        {{#hasJudgedNotes}}<td class="remark">{{judgedNote}}</td>{{/hasJudgedNotes}}</tr>
        {{/judgements}}
        </tbody></table></div>
        {{#budget}}<p class="hint below">{{.}}</p>{{/budget}}
        {{#hasOpenQuestions}}
        <h3 class="spaced">What would change my mind</h3>
        <ul id="open-questions">
        {{#openQuestions}}<li>{{question}}{{#answer}} <code>{{.}}</code>{{/answer}}</li>
        {{/openQuestions}}
        </ul>
        {{/hasOpenQuestions}}
        <h3 class="spaced">Every observed order</h3>
        {{/hasJudgements}}
        <div class="scroll" tabindex="0"><table>
        <thead><tr><th scope="col">{{lineKind}}</th>{{#columnNames}}<th scope="col">{{.}}</th>{{/columnNames}}</tr></thead>
        <tbody>
        {{#orderLines}}
        <tr><th scope="row">{{lineName}}</th>
        {{#lineCells}}<td>{{cellOrder}} <small>{{cellDetail}}</small></td>{{/lineCells}}</tr>
        {{/orderLines}}
        </tbody></table></div>
        <p class="hint below">Slope of log |error| against log h over the resolved levels, {{confidence}} % interval, number
        of levels in the fit.</p>
        </section></details>
        {{/orders}}
        {{#samplePath}}
        <details class="fold"><summary><h2>Where the error comes from</h2></summary><section id="path">
        <figure>
        <div class="pair">{{{overview}}}{{#closeUp}}{{{.}}}{{/closeUp}}</div>
        <figcaption>{{pathCaption}}</figcaption>
        </figure>
        </section></details>
        {{/samplePath}}
        <details class="fold"><summary><h2>Error against step</h2></summary><section id="measures">
        <p class="hint">Bars are confidence intervals, with an arrow where they go on beyond the axis, and lines the fitted
        power laws. Hollow markers (○ in the tables)
        are unresolved levels, which are left out of the fit; a minus in a marker says that the value is negative.
        Parentheses hold the standard error in units of the last digits: 0.1007(16) is 0.1007&#160;±&#160;0.0016.</p>
        <div class="cards">
        {{#measures}}
        <article id="{{anchor}}">
        <h3>{{measureTitle}}</h3>
        <p class="hint">{{measureSentence}}</p>
        {{#measureFigure}}<figure>{{{.}}}{{#measureOmission}}<figcaption>{{.}}</figcaption>{{/measureOmission}}</figure>{{/measureFigure}}
        {{^measureFigure}}<p class="empty">Every level is zero up to rounding or could not be computed: there is nothing to
        draw.</p>{{/measureFigure}}
        {{#tableSummary}}<details><summary>{{.}}</summary>{{/tableSummary}}
        <div class="scroll" tabindex="0"><table class="values">
        <thead><tr><th scope="col" class="number">h (ms)</th>
        <th scope="col" class="number">value{{#measureUnit}} ({{.}}){{/measureUnit}}</th>
        <th scope="col">{{measureConfidence}} % interval</th><th scope="col" class="number">eff. sample</th>
        {{#hasLevelNotes}}<th scope="col">note</th>{{/hasLevelNotes}}</tr></thead>
        {{#groups}}
        <tbody>
        <tr class="group"><th scope="rowgroup" colspan="{{columnCount}}">{{groupName}} <span>{{groupOrder}}</span></th></tr>
        {{#levels}}
        <tr{{#isUnresolved}} class="unresolved"{{/isUnresolved}}><td class="number">{{levelStep}}</td>
        <td class="number">{{levelValue}}{{#isUnresolved}} ○{{/isUnresolved}}</td>
        <td>{{levelInterval}}</td><td class="number">{{levelSample}}</td>
        {{#hasLevelNotes}}<td class="remark">{{levelNote}}</td>{{/hasLevelNotes}}</tr>
        {{/levels}}
        </tbody>
        {{/groups}}
        </table></div>
        {{#tableSummary}}</details>{{/tableSummary}}
        </article>
        {{/measures}}
        </div>
        </section></details>
        {{#workPrecision}}
        <details class="fold"><summary><h2>Error against work</h2></summary><section id="work-precision">
        <p class="hint">{{workMeaning}}</p>
        <div class="pair">
        {{#workPanels}}
        <figure>{{{workFigure}}}<figcaption>{{workFinding}}</figcaption></figure>
        {{/workPanels}}
        </div>
        </section></details>
        {{/workPrecision}}
        {{#spikeTimes}}
        <details class="fold"><summary><h2>Spike-time errors</h2></summary><section id="spike-times">
        <figure><div class="{{panelLayout}}">{{#panelFigures}}{{{.}}}{{/panelFigures}}</div>
        <figcaption>{{panelCaption}}</figcaption></figure>
        </section></details>
        {{/spikeTimes}}
        {{#crossing}}
        <details class="fold"><summary><h2>Slow threshold crossings</h2></summary><section id="crossing-speeds">
        <figure class="beside">{{{onlyFigure}}}<figcaption>{{onlyCaption}}</figcaption></figure>
        </section></details>
        {{/crossing}}
        {{#diagnostics}}
        <details class="fold"><summary><h2>Diagnostics</h2></summary><section id="diagnostics">
        <div class="pair">
        {{#diagnosticFigures}}
        <figure>{{{diagnosticFigure}}}<figcaption>{{diagnosticCaption}}</figcaption></figure>
        {{/diagnosticFigures}}
        </div>
        </section></details>
        {{/diagnostics}}
        {{#populations}}
        <details class="fold"><summary><h2>Error by {{populationKind}}</h2></summary><section id="populations">
        <figure><div class="{{populationLayout}}">{{#populationFigures}}{{{.}}}{{/populationFigures}}</div>
        <figcaption>The same errors, {{populationKind}} by {{populationKind}}. The table has every measure at the
        finest step that every {{populationKind}} resolves; ○ marks an unresolved level.</figcaption></figure>
        <div class="scroll" tabindex="0"><table>
        <thead><tr><th scope="col">measure</th><th scope="col">integrator</th><th scope="col" class="number">h (ms)</th>
        {{#populationNames}}<th scope="col" class="number">{{.}}</th>{{/populationNames}}</tr></thead>
        <tbody>
        {{#populationLines}}
        <tr><th scope="row">{{populationMeasure}}</th><td>{{populationIntegrator}}</td>
        <td class="number">{{populationStep}}</td>
        {{#populationCells}}<td class="number">{{cellValue}}{{#isCellUnresolved}} ○{{/isCellUnresolved}}
        <small>{{cellOrder}}</small></td>{{/populationCells}}</tr>
        {{/populationLines}}
        </tbody></table></div>
        </section></details>
        {{/populations}}
        {{#scalars}}
        <details class="fold"><summary><h2>Rates, exponents and means</h2></summary><section id="scalars">
        <figure><div class="pair">{{#scalarFigures}}{{{.}}}{{/scalarFigures}}</div>
        {{#hasTwins}}<figcaption>Why twins of integrators that reset on the grid differ from the saltation factors stands
        under lyapunov-V in How to read this.</figcaption>{{/hasTwins}}</figure>
        <div class="scroll" tabindex="0"><table class="values">
        <thead><tr><th scope="col">integrator</th>
        {{#scalarSteps}}<th scope="col" class="number">h = {{.}} ms</th>{{/scalarSteps}}</tr></thead>
        {{#scalarGroups}}
        <tbody>
        <tr class="group"><th scope="rowgroup" colspan="{{scalarColumnCount}}">{{scalarTitle}} <span>{{scalarConstants}}</span></th></tr>
        {{#scalarLines}}
        <tr><th scope="row">{{scalarIntegrator}}</th>
        {{#scalarValues}}<td class="number">{{scalarValue}} <small>{{scalarInterval}}</small></td>{{/scalarValues}}</tr>
        {{/scalarLines}}
        </tbody>
        {{/scalarGroups}}
        </table></div>
        </section></details>
        {{/scalars}}
        <details class="fold"><summary><h2>How to read this</h2></summary><section id="reading">
        <dl>
        {{#terms}}
        <div><dt>{{termName}}</dt><dd>{{termText}}</dd></div>
        {{/terms}}
        </dl>
        </section></details>
        <details class="fold"><summary><h2>Methods</h2></summary><section id="methods">
        <p class="hint">For a paper, as it stands.</p>
        <p>{{methods}}</p>
        </section></details>
        <details class="fold"><summary><h2>Provenance</h2></summary><section id="provenance">
        {{#provenance}}
        <dl class="facts">
        {{#facts}}
        <div><dt>{{factName}}</dt><dd>{{factText}}</dd></div>
        {{/facts}}
        </dl>
        <p>The same numbers come from</p>
        <pre class="command"><code>{{command}}</code></pre>
        <details><summary>the study file</summary><pre><code>{{studyText}}</code></pre></details>
        {{/provenance}}
        </section></details>
        </main>
        </body>
        </html>

        """
}
