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

package io.activedataflow.flink.connector.recordfile;

import org.apache.flink.annotation.Internal;

import java.util.regex.Pattern;

/** Paths as they may be shown: the user information of a URI can hold a password. */
@Internal
public final class MaskedText {

    private static final Pattern USER_INFO = Pattern.compile("://[^/]*@");

    private MaskedText() {}

    /** The same text, with whatever stands before the host of a URI replaced. */
    public static String of(String text) {
        return USER_INFO.matcher(text).replaceAll("://***@");
    }
}
