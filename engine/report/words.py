"""The words and phrases of the reports, 中文 and English side by side.

First the words for what the engine only knows by its own key (a state, a kind, a unit, an effect: the values of the
enums in `language.syntax` and `evaluation.result`), a table for each; then `PHRASES`, the sentences, with `{places}`
for what they speak of. What only one page says stands in a module beside it (`phrases_of_…`, `words_of_…`).
"""

from collections.abc import Mapping

from engine.diagnostics import Lang

Pair = tuple[str, str]

STATES: Mapping[str, Pair] = {
    "value": ("有值", "value"),
    "missing": ("缺数", "missing"),
    "no valid answers": ("无有效回答", "no valid answers"),
    "below minimum sample": ("样本量不足", "below minimum sample"),
    "not applicable": ("不适用", "not applicable"),
    "not rated": ("不评", "not rated"),
    "error": ("无法评价", "cannot be assessed"),
}

# Why there is no value: `Reason` in `evaluation.result`.
REASONS: Mapping[str, Pair] = {
    "not collected": ("数据里没有", "not in the data"),
    "no valid answers": ("没有有效回答", "no valid answers"),
    "no rows": ("没有记录", "no rows"),
    "the denominator is zero": ("分母为0", "the denominator is zero"),
    "below the minimum sample": ("有效样本不足", "fewer valid answers than the policy asks for"),
    "not applicable": ("不适用", "not applicable"),
    "no part has a value": ("下面各项都没有值", "none of its parts has a value"),
    "a part has no value": ("下面有一项没有值", "one of its parts has no value"),
    "the veto cannot be decided": ("一票否决无法判定", "the veto cannot be decided"),
    "zero marks need a cap": (
        "缺数计零分，但没有规定最多扣几分",
        "missing gives zero marks, but no cap says how much that is",
    ),
    "not collected by segment": ("没有分客户群收集", "not collected by segment"),
    "not collected for the whole": ("没有收集整体的值", "not collected for the whole"),
    "not collected per period": ("没有按期收集", "not collected per period"),
    "only collected per shorter period": ("只有更短期间的值", "only collected per shorter period"),
    "all units have the same value": ("各评价对象的值都相同，无法折算", "all units have the same value"),
    "a share of units needs values above 0": ("各单位的值都大于0才能相比", "a share of units needs values above 0"),
    "no target or limit is in force": ("评价日期没有生效的目标值或时限", "no target or limit is in force on the date"),
    "outside the scale": ("超出量表范围", "outside the scale"),
    "outside its possible values": ("超出可能的取值", "outside its possible values"),
    "a logarithm needs a value above 0": ("取对数的值必须大于0", "a logarithm needs a value above 0"),
    "a geometric mean needs scores of at least 0": (
        "几何平均、调和平均的得分不能小于0",
        "a geometric or harmonic mean needs scores of at least 0",
    ),
    "there is no such root or power": ("负数没有这样的方根或乘方", "a negative number has no such root or power"),
    "too large a number": ("数太大，无法计算", "too large a number"),
    "too few values": ("值太少", "too few values"),
    "division by zero": ("除数为0", "division by zero"),
    "more than one value": ("有不止一个值", "more than one value"),
    "a unit has no weight": ("有一个评价对象没有权重", "a unit has no weight"),
    "not shown, to protect a small group": ("答卷太少，不显示", "not shown, to protect a small group"),
    "a case has no beginning": ("有一件没有开始时间", "a case has no beginning"),
    "the end lies before the beginning": ("结束时间早于开始时间", "the end lies before the beginning"),
}

KINDS: Mapping[str, Pair] = {
    "rate": ("百分率", "rate"),
    "count": ("次数", "count"),
    "duration": ("时长", "duration"),
    "rating": ("评分", "rating"),
    "index": ("指数", "index"),
    "score": ("得分", "score"),
    "points": ("实得分", "observed points"),
    "yes/no": ("是否", "yes/no"),
    "difference": ("差值", "difference"),
    "distribution": ("分布", "distribution"),
    "number": ("数值", "number"),
}

EFFECTS: Mapping[str, Pair] = {
    "deduct": ("扣分", "deduction"),
    "add": ("加分", "addition"),
    "score": ("得分", "score"),
    "full": ("得满分", "full marks"),
    "none": ("不得分", "no marks"),
    "share": ("按比例扣分", "share deducted"),
    "proportion": ("按比例得分", "marks in proportion"),
    "interpolation": ("按线性插值得分", "marks by linear interpolation"),
    "grade": ("定级", "grade"),
    "ceiling": ("封顶", "ceiling"),
}

# What stands after an amount, with the space English needs.
UNITS: Mapping[str, Pair] = {
    "number": ("", ""),
    "percent": ("%", "%"),
    "percentage point": ("个百分点", " pp"),
    "point": ("分", " points"),
    "time": ("次", ""),
    "second": ("秒", " seconds"),
    "minute": ("分钟", " minutes"),
    "hour": ("小时", " hours"),
    "day": ("天", " days"),
    "working day": ("个工作日", " working days"),
    "week": ("周", " weeks"),
    "month": ("个月", " months"),
}

LENGTHS: Mapping[str, Pair] = {
    "day": ("每日", "day"),
    "week": ("每周", "week"),
    "month": ("每月", "month"),
    "quarter": ("每季度", "quarter"),
    "half": ("每半年", "half-year"),
    "year": ("每年", "year"),
}

PARTS: Mapping[str, Pair] = {
    "whole steps only": ("不足一步不扣分", "whole steps only"),
    "part steps count as whole steps": ("不足一步按一步计", "part steps count as whole steps"),
    "part steps pro rata": ("不足一步按比例扣分", "part steps pro rata"),
}

# The families of findings, by the first digit of their codes.
FAMILY_TITLES: Mapping[str, Pair] = {
    "0": ("文件", "The file"),
    "1": ("版面", "Layout"),
    "2": ("语句", "Sentences"),
    "3": ("名称", "Names"),
    "4": ("合计", "Sums"),
    "5": ("等级", "Bands"),
    "6": ("单位和种类", "Units and kinds"),
    "7": ("程序没有写明的", "What the procedure leaves open"),
    "8": ("日期", "Dates"),
    "9": ("数据", "Data"),
}

PHRASES: Mapping[str, Pair] = {
    # one rule by itself
    "rule when": ("什么情况：{words}", "when: {words}"),
    "rule then": ("怎样计分：{words}", "then: {words}"),
    "rule formula": ("怎样计分：{words}", "calculated as: {words}"),
    "rule score is": ("得分 = {words}", "score = {words}"),
    "rule zh": ("中文写法：{words}", "in Chinese: {words}"),
    "rule en": ("英文写法：{words}", "in English: {words}"),
    "rule supposed": ("句子没有说的，假设{words}", "not said, supposed here: {words}"),
    "rule and": ("、", ", "),
    "rule example": ("算一算：", "an example:"),
    "rule about": ("“{subject}”：{words}", "{subject}: {words}"),
    "rule step": ("{words}，按步数计", "{words}, counted in steps"),
    "rule count": ("{words}，按次数计", "{words}, counted"),
    "rule late": ("{words}，按时间计", "{words}, by the time taken"),
    "rule range": ("值在“{words}”时，只算一次", "once, if the value is {words}"),
    "rule target": ("{words}时，只算一次", "once, if {words}"),
    "rule condition": ("{words}，只算一次（是或否）", "once, if yes: {words}"),
    "rule always": ("总是", "always"),
    "rule between": ("值在上面各档之间时，只算一次", "once, if the value lies between the ranges above"),
    "rule otherwise": ("其余情况", "in all other cases"),
    # findings
    "clause": ("依据：{clause}", "clause: {clause}"),
    "see also": ("另见 {place}{text}", "see also {place}{text}"),
    "hidden findings": (
        "还有{count}个问题没有在这里显示；运行 rubric check 可以看到全部",
        "{count} more findings are not shown here; rubric check shows all of them",
    ),
    "checked": (
        "检查了{files}个评价方案{tests}：{errors}个错误，{warnings}个警告",
        "policies checked: {files}{tests}, errors: {errors}, warnings: {warnings}",
    ),
    "checked tests": ("和{count}个测试文件", ", files of tests: {count}"),
    "written": ("写好了 {file}；改好后运行 rubric check {file}", "wrote {file}; edit it, then run rubric check {file}"),
    "units scored": (
        "{units}个评价对象，{scored}个有得分；离界限太近的{exactly}个按分数精确计算",
        "{units} units, {scored} with a score; {exactly} too near an edge were worked in exact fractions",
    ),
    "units scored exactly": (
        "{units}个评价对象，{scored}个有得分；{apart}不能按列计算，所以全部按分数精确计算",
        "{units} units, {scored} with a score; all worked in exact fractions: columns do not know {apart}",
    ),
    "assessing": ("正在读取数据并计算……", "reading the data and scoring ..."),
    "converting": (
        "{file}很大：先转换一次，结果留在 {folder}，下次不用再转换……",
        "{file} is large: converting it once, kept in {folder} for the next time ...",
    ),
    "checking": ("正在检查……", "checking ..."),
    # the page of a code
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "bad": ("这样写：", "Written like this:"),
    "finding": ("会被指出：", "rubric says:"),
    "good": ("应该这样写：", "Right:"),
    "cases": ("这个代码也用于：", "The code also stands for:"),
    # results
    "noticed": ("另有{count}条警告，run 会逐条列出", "warnings besides: {count}; “run” lists them"),
    "whole calculation": (
        "上面的 rubric run 命令给出每个指标的得分；计算过程和依据用 rubric explain：",
        "The commands above give every indicator; the calculation is shown by",
    ),
    "as of": ("评价日期：{date}", "assessed as of {date}"),
    "period": ("期间：{period}", "period: {period}"),
    "as one": (
        "{period}作为一期评价（方案{every}评价一次）",
        "{period} is assessed as one period (the policy is assessed every {every})",
    ),
    "by version": ("{periods}按版本{version}", "{periods} by version {version}"),
    "span": ("{first}至{last}", "{first} to {last}"),
    "periods": ("期间：{first}至{last}，共{count}期", "periods: {first} to {last}, {count} of them"),
    "as of each end": (
        "每一期按期末有效的目标值和方案版本评价",
        "each by the targets and the version in force at its end",
    ),
    "version name": ("版本", "version"),
    "change": ("比上期", "change"),
    "course": ("各期对比", "Period by period"),
    "earlier": ("前几期：{periods}；比上期{change}", "earlier: {periods}; change {change}"),
    "by period": ("期内：{periods}", "within the period: {periods}"),
    "within": ("期内汇总", "Within the period"),
    "scheme": ("评分方案：{name}", "scheme: {name}"),
    "scheme name": ("评分方案", "scheme"),
    "period name": ("期间", "period"),
    "path": ("路径", "path"),
    "indicator": ("指标", "indicator"),
    "measured": ("测量值", "measured"),
    "score": ("得分", "score"),
    "own weight": ("权重", "weight"),
    "effective weight": ("有效权重", "effective weight"),
    "contribution": ("贡献", "contribution"),
    "collected by": ("收集部门", "collected by"),
    "told": ("反馈部门", "fed back to"),
    "full": ("满分", "full marks"),
    "state": ("状态", "state"),
    "remark": ("说明", "remark"),
    "grade": ("等级", "grade"),
    "rank": ("名次", "rank"),
    "indicator rank": ("指标名次", "rank of indicator"),
    "ranked indicators": ("指标排名", "Indicators by rank"),
    "by segment": ("分客户群", "By segment"),
    "comparison": ("对比", "Comparison"),
    "difference": ("差距", "gap"),
    "gap to": ("与{name}的差距", "gap to {name}"),
    "no figure": ("无", "none"),
    "subtotal": ("小计", "subtotal"),
    "too few": ("有效样本{valid}个，少于规定的{least}个", "valid: {valid}, fewer than the {least} asked for"),
    "enough": ("有效样本{valid}个，规定至少{least}个", "valid: {valid}, at least {least} asked for"),
    "rank among units": ("在{of}个评价对象中排第{place}", "rank {place} of {of} units"),
    "rank among indicators": ("在{of}个指标中排第{place}", "rank {place} of {of} indicators"),
    "gap": ("与“{name}”相比：{own} - {other} = {difference}", "beside “{name}”: {own} - {other} = {difference}"),
    "gap beside": ("“{name}”为{other}", "“{name}” has {other}"),
    "gap missing": ("与“{name}”相比：对方没有数，{reason}", "beside “{name}”: no figure, {reason}"),
    "unit": ("评价对象", "unit"),
    "whole": ("整体", "the whole"),
    "units": ("{count}个评价对象的加权平均", "weighted mean of {count} units"),
    "data": ("数据", "data"),
    "rows": ("行数", "rows"),
    "valid": ("有效", "valid"),
    "invalid": ("无效", "invalid"),
    "out of period": ("期外", "out of period"),
    "not counted": ("不计入总分", "not counted"),
    "substituted": ("缺数，按方案取分", "missing, scored as the policy says"),
    "vetoed": ("一票否决，原为{before}", "veto, was {before}"),
    "because of": ("{cause}：{reason}", "{cause}: {reason}"),
    "no result": ("“{unit}”没有结果：{reason}", "no result for “{unit}”: {reason}"),
    # the calculation
    "see above": ("见上", "see above"),
    "note": ("注：{text}", "note: {text}"),
    "feedback": ("反馈{names}", "fed back to {names}"),
    "sources": ("依据{clause}", "clause {clause}"),
    "weights": (
        "权重{own}，有效权重{effective}，贡献{contribution}",
        "weight {own}, effective weight {effective}, contribution {contribution}",
    ),
    "normalised": ("{own}（方案中写{written}，归一后）", "{own} (written {written}, normalised)"),
    "answered": ("{count}份有效回答", "valid answers: {count}"),
    "deviation": ("标准差{deviation}", "standard deviation {deviation}"),
    "weighted answers": (
        "{count}份有效回答，客户权重合计{weight}",
        "valid answers: {count}, total of their weights: {weight}",
    ),
    "collected": ("收集的值", "as collected"),
    "on average": ("平均{amount}", "{amount} on average"),
    "rows used": ("{count}条记录", "rows: {count}"),
    "late cases": ("超过时限{count}件", "beyond the limit: {count}"),
    "open cases": (
        "其中{count}件尚未完成，算到评价日期",
        "unfinished: {count}, counted up to the date of assessment",
    ),
    "scale": ("{low}至{high}折合{to_low}至{to_high}分", "{low} to {high} as {to_low} to {to_high}"),
    "clamped": ("限幅", "clamped"),
    "logarithm": ("取自然对数，算到50位有效数字", "natural log, 50 significant digits"),
    "min-max": ("以各单位最低至最高折合", "from the lowest to the highest unit"),
    "z-score": ("按各单位标准化", "standardised over units"),
    "z-score, n-1": ("按各单位标准化（样本标准差）", "standardised over units, sample standard deviation"),
    "percentile": ("按各单位百分位", "percentile over units"),
    "ranks": ("按各单位名次", "ranked over units"),
    "share of the best": ("与各单位最优者相比", "beside the best unit"),
    "share of the mean": ("与各单位均值相比", "beside the mean of the units"),
    "among best": ("{count}个单位，最优{best}", "{count} units, the best {best}"),
    "among mean": ("{count}个单位，均值{mean}", "{count} units, mean {mean}"),
    "among ends": ("{count}个单位，最低{low}，最高{high}", "{count} units, lowest {low}, highest {high}"),
    "among standard": (
        "{count}个单位，均值{mean}，标准差{deviation}（算到50位有效数字）",
        "{count} units, mean {mean}, standard deviation {deviation} (50 significant digits)",
    ),
    "among ranked": (
        "{count}个单位，{worse}个不如它，另有{equal}个与它相同",
        "{count} units, {worse} worse, {equal} others equal",
    ),
    "marks": ("按测量值计分", "scored as measured"),
    "membership": ("隶属度", "membership"),
    "by value": ("按等级分值", "by the grades' values"),
    "by membership": ("取隶属度最大的等级", "the grade of largest membership"),
    "sum of losses": ("扣分合计", "deductions together"),
    "bounded": ("限制在0至{full}之间", "kept between 0 and {full}"),
    "capped at": ("最多扣{cap}", "at most {cap}"),
    "base": ("基本分", "marks to begin with"),
    "deduction": ("扣分", "deduction"),
    "addition": ("加分", "added"),
    "item score": ("得分", "score"),
    "ceiling": ("封顶或定级后", "after ceiling or grade"),
    "points": ("折合为满分{full}的分数", "in points out of {full}"),
    "substitute": ("缺数，按方案取", "missing, the policy gives"),
    "loss": ("计入上一级的扣分", "taken from the heading above"),
    "gain": ("计入上一级的加分", "given to the heading above"),
    "rounding": ("修约（{how}）", "{how}"),
    "veto fired": (
        "{sentence}；实测{value}，生效，原为{before}",
        "{sentence}; measured {value}, applies, was {before}",
    ),
    "veto needless": (
        "{sentence}；实测{value}，生效，结果不变",
        "{sentence}; measured {value}, applies, changes nothing",
    ),
    "veto idle": ("{sentence}；实测{value}，不生效", "{sentence}; measured {value}, does not apply"),
    "bands": ("等级：{bands}", "bands: {bands}"),
    "stands": ("{value}属于{label} {range}", "{value} belongs to {label} {range}"),
    "to higher": ("距“{label}”差{distance}", "{distance} below {label}"),
    "to lower": ("高出下限{distance}", "{distance} above the lower bound"),
    "line": ("第{line}行", "line {line}"),
    "target": ("目标{amount}", "target {amount}"),
    "limit": ("时限{amount}", "limit {amount}"),
    "found": ("实测{amount}", "measured {amount}"),
    "shortfall": ("差{amount}", "off by {amount}"),
    "overrun": ("超出{amount}", "over by {amount}"),
    "straight line": (
        "{low}得{at_low}分、{high}得{at_high}分，其间按线性插值得{points}分",
        "{at_low} points at {low}, {at_high} at {high}, {points} on the line between",
    ),
    "in proportion": ("满分{full}分，按比例得{points}分", "{points} of {full} points in proportion"),
    "steps": ("合{steps}步，计{counted}步", "{steps} steps, {counted} counted"),
    "times counted": ("计{counted}次", "{counted} counted"),
    "times late": ("超过时限{counted}次", "late: {counted}"),
    "no shortfall": ("没有差额，不计", "no shortfall"),
    "no value": ("没有值，无法判断", "no value to judge"),
    "no loss": ("不扣分", "no deduction"),
    "each": ("每次{each}分", "{each} each"),
    "each step": ("每步{each}分", "{each} per step"),
    "not fired": ("没有发生，不计", "did not happen"),
    "not met": ("不符合，不计", "does not apply"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "fifty digits": ("算到50位有效数字", "50 significant digits"),
    "normalised shares": ("归一后 {share}", "normalised {share}"),
    "capped line": ("原为{before}，封顶后{after}", "{before} before the cap, {after} after it"),
    "deduct": ("扣{points}分", "deduct {points}"),
    "add": ("加{points}分", "add {points}"),
    "score rule": ("得{points}分", "scores {points}"),
    "besides": ("不计入总分的测量", "measured but not counted"),
    # how a run can end
    "interrupted": ("rubric：已中断", "rubric: interrupted"),
    "unreadable": ("rubric：打不开 {file}：{reason}", "rubric: cannot open {file}: {reason}"),
    "too large": (
        "rubric：内容太多或者嵌套太深，本机处理不了",
        "rubric: too much, or too deeply nested, for this machine",
    ),
    "little memory": (
        "rubric：--memory {memory}（MiB）不够用来读取数据；写大一些，或者不写",
        "rubric: --memory {memory} (MiB) is too little to read the data; give more, or leave it out",
    ),
    "internal": (
        "rubric：内部错误（{error}），请反馈给我们；设置 RUBRIC_DEBUG=1 可以看到细节",
        "rubric: internal error ({error}), please report it; RUBRIC_DEBUG=1 shows the details",
    ),
}


def word(pair: Pair, lang: Lang) -> str:
    """The side of a pair that `lang` reads."""
    return pair[0] if lang == "zh" else pair[1]


def say(key: str, lang: Lang, **values: object) -> str:
    """A phrase with its places filled."""
    return word(PHRASES[key], lang).format(**values)
