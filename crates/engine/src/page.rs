//! What the engine calls of JavaScript: these few functions and no more, since `js-sys` and `web-sys` bring along what
//! serves closures and promises.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Only for what is JSON.
    #[wasm_bindgen(js_namespace = JSON)]
    pub(crate) fn parse(text: &str) -> JsValue;

    /// Fails where `object` is none.
    #[wasm_bindgen(js_namespace = Reflect, catch)]
    pub(crate) fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Array, js_name = isArray)]
    pub(crate) fn is_array(value: &JsValue) -> bool;

    /// An item of a list.
    #[wasm_bindgen(js_namespace = Reflect, js_name = get)]
    pub(crate) fn item(list: &JsValue, at: u32) -> JsValue;

    /// Sets a property of a plain object, which cannot fail.
    #[wasm_bindgen(js_namespace = Reflect)]
    pub(crate) fn set(object: &JsValue, name: &str, value: &JsValue);

    pub(crate) type Float32Array;

    /// A copy.
    #[wasm_bindgen(constructor)]
    pub(crate) fn new(values: &[f32]) -> Float32Array;

    pub(crate) type Uint32Array;

    /// A copy.
    #[wasm_bindgen(constructor)]
    pub(crate) fn new(values: &[u32]) -> Uint32Array;

    #[wasm_bindgen(js_namespace = console, js_name = error)]
    pub(crate) fn console_error(message: &str, file: &str, line: u32);
}
