// Included before better-sqlite3's sources when they are built for Node-API 9 (Electron 33, Node 20).
//
// better-sqlite3 keeps references to strings (column names, error codes). Node-API allows that from
// version 10 on; version 9 only takes objects, functions and symbols and answers everything else with
// napi_invalid_arg. So a value of another kind is put into a box, an object with our type tag, and
// taken out again where the reference is read. Nothing outside can see the box.
#ifndef RINGDESK_NAPI9_REFERENCES_H
#define RINGDESK_NAPI9_REFERENCES_H

#include <node_api.h>

namespace ringdesk {

constexpr napi_type_tag kBox = {0x52696e676465736bULL, 0x426f786564526566ULL};

inline bool IsReferable(napi_valuetype type) {
  return type == napi_object || type == napi_function || type == napi_symbol || type == napi_external;
}

inline napi_status CreateReference(napi_env env, napi_value value, uint32_t count, napi_ref* result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok || IsReferable(type)) {
    return status == napi_ok ? napi_create_reference(env, value, count, result) : status;
  }
  napi_value box;
  if ((status = napi_create_object(env, &box)) != napi_ok) return status;
  if ((status = napi_type_tag_object(env, box, &kBox)) != napi_ok) return status;
  if ((status = napi_set_element(env, box, 0, value)) != napi_ok) return status;
  return napi_create_reference(env, box, count, result);
}

inline napi_status GetReferenceValue(napi_env env, napi_ref ref, napi_value* result) {
  napi_status status = napi_get_reference_value(env, ref, result);
  if (status != napi_ok || *result == nullptr) return status;  // null: the value is gone
  napi_valuetype type;
  if ((status = napi_typeof(env, *result, &type)) != napi_ok || type != napi_object) return status;
  bool boxed = false;
  if ((status = napi_check_object_type_tag(env, *result, &kBox, &boxed)) != napi_ok) return status;
  return boxed ? napi_get_element(env, *result, 0, result) : napi_ok;
}

}  // namespace ringdesk

#define napi_create_reference ringdesk::CreateReference
#define napi_get_reference_value ringdesk::GetReferenceValue

#endif
