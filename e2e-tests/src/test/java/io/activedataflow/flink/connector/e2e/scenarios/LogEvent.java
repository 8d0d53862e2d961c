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

package io.activedataflow.flink.connector.e2e.scenarios;

import io.activedataflow.flink.connector.e2e.environment.Endpoint;
import io.activedataflow.flink.connector.e2e.environment.ManagedProcess;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process has logged at a time, with the lines of a stack trace if it has one.
 *
 * @param level such as {@code WARN}
 * @param text all of it
 */
record LogEvent(String process, String level, String logger, String text) {

    private static final Pattern FIRST_LINE =
            Pattern.compile(
                    "(?:\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d:\\d\\d[.,]\\d{3} +"
                            + "(TRACE|DEBUG|INFO|WARN|ERROR|FATAL) +(\\S+) .*");

    /** Everything that the process has logged; what was no event of its log is left out. */
    static List<LogEvent> of(ManagedProcess process) {
        return of(process.name(), process.log());
    }

    static List<LogEvent> of(String process, String log) {
        List<LogEvent> events = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String line : log.lines().toList()) {
            if (FIRST_LINE.matcher(line).matches()) {
                addTo(events, process, lines);
                lines.clear();
            }
            lines.add(line);
        }
        addTo(events, process, lines);
        return events;
    }

    private static void addTo(List<LogEvent> events, String process, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        Matcher first = FIRST_LINE.matcher(lines.get(0));
        if (first.matches()) {
            events.add(
                    new LogEvent(
                            process, first.group(1), first.group(2), String.join("\n", lines)));
        }
    }

    /** Whether it is of this package or one below. */
    boolean isOf(String name) {
        return logger.startsWith(name + '.');
    }

    boolean isWarning() {
        return level.equals("WARN");
    }

    boolean isError() {
        return level.equals("ERROR") || level.equals("FATAL");
    }

    boolean hasStackTrace() {
        return text.contains("\n\tat ");
    }

    /** Whether it says which split and which server it is about. */
    boolean names(String split, Endpoint server) {
        return text.contains(split) && text.contains(server.toString());
    }

    @Override
    public String toString() {
        return process + ": " + text;
    }
}
