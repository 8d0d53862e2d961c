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

package io.activedataflow.flink.connector.amps.client;

import org.apache.flink.annotation.Internal;
import org.apache.flink.util.FlinkRuntimeException;

/** An answer of AMPS, or the lack of one, that the connector has classified once and for all. */
@Internal
public final class AmpsException extends FlinkRuntimeException {

    private static final long serialVersionUID = 1L;

    /** What can be done about it. */
    public enum Kind {
        /** Will pass: try again with back-off. */
        RETRIABLE,
        /** Will not pass by itself: configuration, credentials, permission or type. */
        FATAL,
        /** The server's log has none of the bookmarks asked for; the data-loss policy decides. */
        BOOKMARK_NOT_FOUND
    }

    private final Kind kind;

    public AmpsException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public boolean isRetriable() {
        return kind == Kind.RETRIABLE;
    }
}
