/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.amps.standin;

/** Texts of failure acknowledgements, which clients match letter by letter. */
final class Reason {

    static final String DUPLICATE = "duplicate";
    static final String BAD_FILTER = "bad filter";
    static final String BAD_REGEX_TOPIC = "bad regex topic";
    static final String INVALID_TOPIC = "invalid topic";
    static final String NAME_IN_USE = "name in use";
    static final String AUTH_FAILURE = "auth failure";
    static final String NOT_ENTITLED = "not entitled";
    static final String INVALID_BOOKMARK = "invalid bookmark";
    static final String NO_TOPIC = "no topic";
    static final String LOGON_REQUIRED = "logon required";
    static final String INVALID_SUB_ID = "invalid subId";
    static final String NO_CLIENT_NAME = "no client name";
    static final String INVALID_ORDER = "invalid orderby";
    static final String BAD_SOW_KEY = "bad sow key";
    static final String REGEX_NOT_SUPPORTED = "regex topic not supported";
    static final String SOW_CANCELED = "sow canceled";
    static final String ONE_SELECTION =
            "sow_delete command only supports one of: filter, sow_keys, bookmark, or data";
    static final String NOT_SUPPORTED = "not supported";
    static final String DUPLICATE_LOGON = "duplicate logon attempt";
    static final String INVALID_OPTIONS = "invalid options";
    static final String INVALID_MESSAGE_TYPE = "invalid message type";

    private Reason() {}
}
