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

package io.activedataflow.flink.connector.e2e.environment;

import java.net.URI;

/** Flink has answered a request, and refused it. */
public final class FlinkRestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    FlinkRestException(String method, URI uri, int status, String body) {
        super(method + ' ' + uri + " was answered with " + status + ": " + body);
        this.status = status;
    }

    /** The status of HTTP, such as 404 for a job that is not known, or not yet again. */
    public int status() {
        return status;
    }
}
