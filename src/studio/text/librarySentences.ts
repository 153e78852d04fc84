/**
 * @file Chinese for the sentences of the library that readers of the page can meet: of files of a model or a run that are damaged
 * or do not belong together, of memory, and of ONNX Runtime.
 */

import { type Clauses, type ClauseTranslator, clauseTranslator } from "./clauses.ts";

/** How sentences are made of a file, what is wrong with it, and what to do. */
const frames: Clauses = {
  "{}: <>; <>.": "$1：$2；$3。",
  "{}: <>.": "$1：$2。",
  "{} is empty; <>.": "$1 是空的；$2。",
  "{} is damaged: <>; <>.": "$1 已损坏：$2；$3。",
  "{} is truncated: it has {} of {} bytes; <>.": "$1 不完整：应有 $3 字节，只有 $2 字节；$4。",
  "{} is not a safetensors file, or is damaged: its header would be over {} bytes; <>.":
    "$1 不是 safetensors 文件，或者已损坏：文件头超过 $2 字节；$3。",
  "{} holds tensor {} of type {}, which cannot be read; convert it to one of {}.":
    "$1 中的张量 $2 是 $3 类型，无法读取；请转换为以下类型之一：$4。",
  "{} was altered after it was written: its checksum is {}, not {}; <> or, if the change was intended, remove {} from its metadata.":
    "$1 写成之后被改动过：校验和是 $2，而应为 $3；$4；如果是有意改动的，请从元数据中去掉 $5。",
  "{} belongs to another model than {} and {}; <>.": "$1 与 $2、$3 不属于同一个模型；$4。",
  "{} belongs to another model than {}, or was changed; <>.":
    "$1 与 $2 不属于同一个模型，或者被改动过；$3。",
};

/** Files with a setting that is wrong; what is wrong with it stays in the words of the tables of options. */
const settings = clauseTranslator({
  "{}: {}; restore the file or train the model again.":
    "$1：其中的设置有误（$2）；请恢复这个文件，或重新训练模型。",
  "{}config.json: {}.": "$1config.json：其中的设置有误（$2）。",
});

/** What is wrong with weights. */
const weights: Clauses = {
  "its header is not JSON": "文件头不是 JSON",
  "its header is not a JSON object": "文件头不是 JSON 对象",
  "its header holds metadata that is not text": "文件头的元数据不是文本",
  "its header gives no type or shape for tensor {}": "文件头没有写明张量 $1 的类型或形状",
  "its header gives no offsets for tensor {}": "文件头没有写明张量 $1 的位置",
  "its header does not describe its model": "文件头没有描述它的模型",
  "tensor {} of {} needs {} bytes and has {}": "张量 $1（$2）应有 $3 字节，却有 $4 字节",
  "tensor {} overlaps the tensor before it": "张量 $1 与前一个张量重叠",
  "tensor {} leaves a gap before it": "张量 $1 之前有空隙",
  "{} bytes follow the last tensor": "最后一个张量之后还有 $1 字节",
  "{} is missing, but config.json requires {}": "缺少 $1，而 config.json 要求它是 $2",
  "{} is {}, but config.json requires {}": "$1 是 $2，而 config.json 要求它是 $3",
  "{} is {} where {}, needs {}": "$1 是 $2，而 $3 需要 $4",
};

/** What is wrong with a JSON file, or a part of one. */
const json: Clauses = {
  "it is not JSON in UTF-8": "不是 UTF-8 编码的 JSON",
  "it is not JSON in UTF-8 from line {} on": "从第 $1 行起不是 UTF-8 编码的 JSON",
  "its lists and objects are nested more than {} levels deep": "其中的列表和对象嵌套超过 $1 层",
  "it is an HTML page instead of the file": "这是网页，而不是文件本身",
  "it is a Git LFS pointer instead of the file": "这是 Git LFS 指针，而不是文件本身",
  "the file is not as expected": "内容与预期不符",
  "{} is missing": "缺少 $1",
  "{} is not a number": "$1 不是数",
  "{} is not a whole number": "$1 不是整数",
  "{} is not a text": "$1 不是文本",
  "{} is not true or false": "$1 不是 true 或 false",
  "{} is not a list": "$1 不是列表",
  "{} is not an object": "$1 不是对象",
  "{} is not of the right type": "$1 的类型不对",
  "{} is not {}": "$1 不是 $2",
  "{} is out of its range": "$1 超出范围",
  "{} has a wrong value": "$1 的值不对",
  "{}: give {}": "$1 的值不对（give $2）",
  'there is no "{}"': "没有“$1”这一项",
  '{}: there is no "{}"': "$1 里没有“$2”这一项",
  "{} is {}, but {} was trained with {}": "$1 是 $2，而 $3 训练时用的是 $4",
};

/** What is wrong with a tokenizer. */
const tokenizers: Clauses = {
  "not a tokenizer": "不是分词器",
  "it has {}, but config.json says {}": "其中有 $1，而 config.json 写的是 $2",
  "its model {} is not supported": "不支持模型 $1",
  "its {} is set, but seq2see supports none": "设置了 $1，而 seq2see 不支持",
  "its {} {} is not supported": "不支持 $1：$2",
  "its model's {} is {}, but only {} is supported": "模型的 $1 是 $2，只支持 $3",
  "its normalizer for {} is not supported": "不支持对 $1 的规范化",
  "its normalizers for Chinese are not supported": "不支持其中的中文规范化",
  "normalizer {}, {}, is not supported": "不支持第 $1 步规范化：$2",
  "its pre_tokenizer, model and decoder do not match": "pre_tokenizer、model 和 decoder 互不相配",
  "it has no vocabulary": "没有词表",
  "it has no list of {}": "没有列表 $1",
  "it has no sequence of normalizers": "没有规范化的步骤",
  "{} does not have the id {} in its vocabulary": "$1 在词表中的编号不是 $2",
  "the ids of its vocabulary are not 0, 1, 2 and so on without a gap":
    "词表的编号不是从 0 开始连续的",
  "merge {} does not join two tokens of its vocabulary into a third":
    "第 $1 条合并规则没有把词表中的两个词元合成第三个",
  "not a tokenizer that seq2see wrote ({})": "不是 seq2see 写成的分词器（$1）",
};

/** What is wrong with the files of a run that is to go on. */
const runs: Clauses = {
  "the <> is missing in it": "其中缺少$1",
  "the <> is not JSON": "其中的$1不是 JSON",
  "the <> is damaged, as <>": "其中的$1已损坏（$2）",
  "state of the run": "训练的状态",
  "list of the run's files": "训练文件的清单",
  "it is not there any more": "已经不在了",
  "it is not among the files of the run": "不在训练的文件当中",
  "it is not among the files of the model": "不在模型的文件当中",
  "it was cut short after the run wrote it, or the checkpoint is of another run ({} bytes are there, not {})":
    "写成之后被截短，或者检查点属于另一次训练（有 $1 字节，应有 $2 字节）",
  "it has grown after the run wrote it, or the checkpoint is of another run ({} bytes are there, not {})":
    "写成之后变长了，或者检查点属于另一次训练（有 $1 字节，应有 $2 字节）",
  "it was altered after the run wrote it, or the checkpoint is of another run (its checksum is {}, not {})":
    "写成之后被改动过，或者检查点属于另一次训练（校验和是 $1，而应为 $2）",
  "there is no checkpoint to go on from": "没有可以接着训练的检查点",
  "{} is not there as {} numbers": "没有 $2 个数的 $1",
  "it is damaged, as its number of tokens is wrong": "已损坏：词元的总数不对",
  "it is damaged, as pair {} has a link to a missing token":
    "已损坏：第 $1 对的对齐指向不存在的词元",
  "it is damaged, as pair {} has a token that the {} vocabulary does not hold":
    "已损坏：第 $1 对里有词表（$2）中没有的词元",
  "it is damaged, as pair {} has no source": "已损坏：第 $1 对没有源",
  "it is damaged, as pair {} has no target": "已损坏：第 $1 对没有目标",
  "not an encoded corpus of this version": "不是这个版本的语料文件",
  "the encoded corpus is damaged": "语料文件已损坏",
  "the encoded corpus is truncated": "语料文件不完整",
  "line {} is damaged": "第 $1 行已损坏",
};

/** What pairs lack. */
const pairs: Clauses = {
  "{}: no pair is left, as all were dropped ({}); check the columns and the longest length allowed.":
    "$1：没有剩下任何一对，全部被舍弃（$2）；请检查列，以及允许的最大长度。",
  "{}: no pair is left, as all are in the dev set; leave the file out, or give a dev set.":
    "$1：没有剩下任何一对，都留作了开发集；请去掉这个文件，或另给一个开发集。",
  "The run has no model yet; train a step first.": "还没有模型；请先训练一步。",
  "There is no run in memory to go on with; train one first.": "没有可以接着进行的训练；请先训练。",
  "The run goes on already; wait until it has ended.": "训练正在进行；请等它结束。",
  "The run has begun already; go on with it, or begin another one.":
    "训练已经开始；请接着训练，或者重新开始一次。",
  "A run in memory is trained on texts; choose a model that does not read features.":
    "网页里只能用文字训练；请换一个不读取特征的模型。",
};

/** What the machine or the browser lacks. */
const machine: Clauses = {
  "There is not enough memory for the graph {} ({}); close other programs and pages, or use a smaller model.":
    "内存不足，无法准备计算图 $1（$2）；请关闭其他程序和网页，或换一个较小的模型。",
  "WebAssembly is missing or switched off; use a recent browser and allow the page to use WebAssembly.":
    "没有 WebAssembly，或者它被关闭了；请使用较新的浏览器，并允许网页使用 WebAssembly。",
  "ONNX Runtime could not be loaded ({}); check that all files of the bundle are on the server.":
    "无法加载 ONNX Runtime（$1）；请检查服务器上的文件是否齐全。",
  "The page's content security policy forbids WebAssembly ({}); add 'wasm-unsafe-eval' to its script-src.":
    "网页的内容安全策略禁止 WebAssembly（$1）；请在 script-src 中加上 'wasm-unsafe-eval'。",
  "{}: ONNX Runtime did not start with these files ({}); copy those of {} there and reload the page.":
    "$1：ONNX Runtime 无法用这些文件启动（$2）；请把 $3 的文件复制到那里，并刷新网页。",
};

/** What is wrong with files that lie beside the page, and with pairs. */
const reasons: Clauses = {
  "every source or target is empty": "每一对的源或目标都是空的",
  "this is not the list of words that belongs to the page": "这不是本网页的单词表",
  "it could not be fetched ({}); check wasmFolder, the connection and that the server allows this page (CORS)":
    "无法下载（$1）；请检查地址和网络连接，并确认服务器允许本页面访问（CORS）",
  "the server answers {}; check wasmFolder": "服务器返回 $1；请检查地址",
  "the server answers with an HTML page instead of the file; check wasmFolder":
    "服务器返回的是网页而不是文件；请检查地址",
  "the server sends it as {}, and browsers refuse scripts of that type; configure the server to send text/javascript":
    "服务器把它作为 $1 发送，浏览器不接受这种类型的脚本；请把服务器设置为发送 text/javascript",
  "it is not WebAssembly; copy it from {}": "这不是 WebAssembly；请从 $1 复制",
  "it belongs to another version than {}; copy it from {}": "它不属于版本 $1；请从 $2 复制",
};

/** What is to be done. */
const remedies: Clauses = {
  "copy or train it again": "请重新复制或重新训练",
  "copy the whole folder again": "请重新复制整个文件夹",
  "restore the file or train the model again": "请恢复这个文件，或重新训练模型",
  "restore the file, because the two belong to different models":
    "请恢复这个文件，因为两者属于不同的模型",
  "the files belong to different models": "这些文件属于不同的模型",
  "it is not a config.json of this version of seq2see": "这不是这个版本的 seq2see 的 config.json",
  "it is a checkpoint of another model": "这是另一个模型的检查点",
  "give a tokenizer.json that seq2see wrote": "请给出 seq2see 写成的 tokenizer.json",
  "give all files of a model's folder": "请给出模型文件夹中的全部文件",
  "export the model again": "请重新导出模型",
  "download the file again": "请重新下载",
  "download the file itself with git lfs pull": "请用 git lfs pull 下载文件本身",
  "put back a copy of the file, or train the model again": "请放回这个文件的副本，或重新训练模型",
  "put back a copy of it, or train again in another folder":
    "请放回检查点的副本，或在另一个文件夹里重新训练",
  "put back the file as the run wrote it, or train again from the corpus":
    "请放回训练写成的文件，或用语料重新训练",
  "train again from the corpus": "请用语料重新训练",
  "train again": "请重新训练",
  "check the columns": "请检查列",
  "build the studio again": "请重新构建网页",
};

/** What is said of a run whose numbers are no longer finite. */
const divergence: Clauses = {
  "The loss became {}": "损失变成了 $1",
  "The train perplexity became {}": "训练集的困惑度变成了 $1",
  "The dev perplexity became {}": "开发集的困惑度变成了 $1",
  "The log-probability of a watched pair became {}": "观察的句对的对数概率变成了 $1",
  "A weight became infinite or NaN": "有权重变成了无穷大或 NaN",
  "A log-probability became NaN": "有对数概率变成了 NaN",
};

const known = clauseTranslator(
  { ...frames, ...pairs, ...machine, ...divergence },
  { ...weights, ...json, ...tokenizers, ...runs, ...reasons, ...remedies },
);

/** The Chinese for a sentence of the library; null if it is one that is not known. */
export const librarySentence: ClauseTranslator = (english) => known(english) ?? settings(english);
