/**
 * Why a collection could not be opened, in the languages of the interface: what is wrong, and what
 * to do. Fetched when something has to be said.
 *
 * `{address}` is the file, `{1}` the first value after the code, `{all}` all of them: what the
 * browser or the server says.
 */

/** @import { OpenError } from "../types/turnsearch.js" */

/** @type {Record<string, Record<string, string>>} */
export const ERRORS = {
  en: {
    "file/status":
      "{address}: the server answered {all}. Check that the file is there, or try again later.",
    "file/stalled":
      "{address}: nothing arrived for {1} seconds. Check the connection and try again.",
    "file/unreachable":
      "{address} could not be fetched ({all}). Check the connection and try again.",
    "engine/invalid":
      "{address} is not a WebAssembly module, or none may run here ({all}). Check what the server sends and what the page's policy allows.",
    "engine/empty": "{address} has no transcripts inside. Name a file of them with src.",
    "engine/stopped":
      "{address}: the search stopped, most likely for want of memory ({all}). Close other pages and try again.",
    "engine/failed": "{address}: the search could not be started ({all}). Reload the page.",
    "pack/not-a-pack":
      "{address} is no file of transcripts. Check that the address is that of a file made by turnsearch build.",
    "pack/version":
      "{address} has format version {1}, this page reads version {2}. Build the file anew, or use the engine that it was built with.",
    "pack/length": "{address} should have {1} bytes and has {2}. Copy it to the server again.",
    "pack/cut":
      "{address} should have {1} bytes and has {2}; it ends in section {3}. Copy it to the server again.",
    "pack/header": "The header of {address} is damaged. Copy it to the server again.",
    "pack/damaged": "Section {1} of {address} is damaged. Copy it to the server again.",
    "pack/missing": "{address} lacks section {1}. Build the file anew.",
    "pack/malformed":
      "Section {1} of {address} says something impossible ({2}). Build the file anew.",
  },
  "zh-Hans": {
    "file/status": "{address}：服务器返回 {all}。请确认文件存在，或稍后再试。",
    "file/stalled": "{address}：{1} 秒内没有收到数据。请检查网络后重试。",
    "file/unreachable": "无法取得 {address}（{all}）。请检查网络后重试。",
    "engine/invalid":
      "{address} 不是 WebAssembly 模块，或此处不允许运行（{all}）。请检查服务器发送的内容和网页的安全策略。",
    "engine/empty": "{address} 里没有记录。请用 src 指定记录文件。",
    "engine/stopped": "{address}：搜索已停止，很可能是内存不足（{all}）。请关闭其他网页后重试。",
    "engine/failed": "{address}：搜索无法启动（{all}）。请重新加载网页。",
    "pack/not-a-pack": "{address} 不是记录文件。请确认该地址是 turnsearch build 生成的文件。",
    "pack/version":
      "{address} 的格式版本是 {1}，本网页读取版本 {2}。请重新生成文件，或使用生成它时的引擎。",
    "pack/length": "{address} 应有 {1} 字节，实际有 {2} 字节。请重新复制到服务器。",
    "pack/cut": "{address} 应有 {1} 字节，实际有 {2} 字节，在 {3} 段中断。请重新复制到服务器。",
    "pack/header": "{address} 的文件头已损坏。请重新复制到服务器。",
    "pack/damaged": "{address} 的 {1} 段已损坏。请重新复制到服务器。",
    "pack/missing": "{address} 缺少 {1} 段。请重新生成文件。",
    "pack/malformed": "{address} 的 {1} 段内容不合理（{2}）。请重新生成文件。",
  },
  "zh-Hant": {
    "file/status": "{address}：伺服器回應 {all}。請確認檔案存在，或稍後再試。",
    "file/stalled": "{address}：{1} 秒內沒有收到資料。請檢查網路後重試。",
    "file/unreachable": "無法取得 {address}（{all}）。請檢查網路後重試。",
    "engine/invalid":
      "{address} 不是 WebAssembly 模組，或此處不允許執行（{all}）。請檢查伺服器傳送的內容和網頁的安全政策。",
    "engine/empty": "{address} 裡沒有紀錄。請用 src 指定紀錄檔。",
    "engine/stopped": "{address}：搜尋已停止，很可能是記憶體不足（{all}）。請關閉其他網頁後重試。",
    "engine/failed": "{address}：搜尋無法啟動（{all}）。請重新載入網頁。",
    "pack/not-a-pack": "{address} 不是紀錄檔。請確認該位址是 turnsearch build 產生的檔案。",
    "pack/version":
      "{address} 的格式版本是 {1}，本網頁讀取版本 {2}。請重新產生檔案，或使用產生它時的引擎。",
    "pack/length": "{address} 應有 {1} 位元組，實際有 {2} 位元組。請重新複製到伺服器。",
    "pack/cut": "{address} 應有 {1} 位元組，實際有 {2} 位元組，在 {3} 段中斷。請重新複製到伺服器。",
    "pack/header": "{address} 的檔頭已損壞。請重新複製到伺服器。",
    "pack/damaged": "{address} 的 {1} 段已損壞。請重新複製到伺服器。",
    "pack/missing": "{address} 缺少 {1} 段。請重新產生檔案。",
    "pack/malformed": "{address} 的 {1} 段內容不合理（{2}）。請重新產生檔案。",
  },
};

/**
 * @param {OpenError} error
 * @param {string} language of the interface
 * @returns {string} its message, where it has no code
 */
export function worded({ code = "", address = "", message }, language) {
  const [name, ...values] = code.split(" ");
  const words = ERRORS[language]?.[name] ?? ERRORS.en[name] ?? message;
  return words.replace(/\{(\w+)\}/g, (_, place) => {
    if (place === "address") return address;
    return place === "all" ? values.join(" ") : (values[Number(place) - 1] ?? "");
  });
}
